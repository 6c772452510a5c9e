import { checksOf, isWrongHost } from '#lib/dingtalk/client/old-api.ts';
import { type DoctorFact, fact } from '#lib/domain/diagnostics/doctor.ts';
import { AppError } from '#lib/domain/errors.ts';
import { asProof, type Found, failure, type Step, type Walk } from './run-steps.ts';

const QUESTION_MS = 6_000;

/** How the doctor's metered questions are asked. */
export const ASKED = { budgetMs: QUESTION_MS, purpose: 'check' } as const;

/** The parts that every question to DingTalk needs; a step that needs `host` has them. */
export function partsOf({ context: { settings, checkup } }: Walk) {
  if (settings === null || checkup === null) throw new Error('A step was looked at without what it needs.');
  return { settings, checkup };
}

/** Whether DingTalk knows the app and the organisation. Costs no metered call. */
export const CREDENTIALS: Step = {
  name: 'credentials',
  needs: ['configuration', 'host'],
  // A banned address is banned for longer when it calls on, also for what costs nothing.
  lacks: ({ ahead }) => (isBanned(ahead.get('quota')) ? 'quota' : undefined),
  async run(walk) {
    const { settings, checkup } = partsOf(walk);
    await checkup.fetchToken();
    return { state: 'ok', facts: [fact('app-accepted', { clientId: settings.clientId })] };
  },
};

const isBanned = (found: Found | undefined) =>
  found?.state === 'failed' && found.trouble === 'address-banned';

/** Whether the token lives, and is taken where that costs nothing: at the address book of the old-style API. */
export const TOKEN: Step = {
  name: 'token',
  needs: ['credentials'],
  async run(walk) {
    const { settings, checkup } = partsOf(walk);
    const facts = [fact('token-lives', { minutes: Math.round((await checkup.fetchToken()) / 60) })];
    const before = checkup.outcomes().length;
    // Any id shows whether the host answers as DingTalk and takes the token; only the operator's answer is used for more.
    const { operatorUnionId, clientId, oapiOrigin } = settings;
    const accepted = [fact('old-api-answers', { host: hostOf(oapiOrigin) }), fact('token-accepted')];
    try {
      const membership = await checkup.findPerson(operatorUnionId ?? clientId);
      if (operatorUnionId !== null) walk.membership = membership;
      walk.oldApi = 'answered';
      return { state: 'ok', facts: [...facts, ...accepted] };
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      if (thrown.reason === 'dingtalk-refused.scope') {
        walk.oldApi = 'no-scope';
        return { state: 'ok', facts: [...facts, ...accepted] };
      }
      const proof = checkup.outcomes().slice(before).map(asProof);
      if (isWrongHost({ reason: thrown.reason, said: thrown.upstream })) {
        const saw = fact('old-api-not-dingtalk', { host: hostOf(oapiOrigin), saw: checksOf(thrown) });
        const found = { facts: [...facts, saw], proof, isInTheWay: false };
        return { state: 'failed', trouble: 'old-api-wrong-host', ...found };
      }
      if (isSilence(thrown)) return { state: 'unknown', facts: [...facts, fact('token-untried')], proof };
      throw thrown;
    }
  },
};

const hostOf = (origin: string) => new URL(origin).host;

// Some tenants cannot reach the old-style API, and the desk goes on without it.
const isSilence = ({ code }: AppError) => code === 'dingtalk-unreachable' || code === 'dingtalk-confused';

/** A metered call goes out when it stands in the ledger and the month has one left. */
export const nothingToSpend = ({ context: { store, settings }, blamed }: Walk) => {
  // Without an operator there is no metered question at all.
  if (!settings?.operatorUnionId) return undefined;
  return store === null ? 'database' : blamed('quota');
};

/** The permission of the device questions. */
const READ = 'VideoConference.Conference.Read';
/** The permission of the address book. */
const MEMBER = 'qyapi_get_member';
/** The permission that only somebody who signs in can try. */
const PROFILE = 'Contact.User.Read';

/** Whether the app has the permissions that it needs: the room list is asked for, one metered call. */
export const SCOPE: Step = {
  name: 'scope',
  needs: ['token'],
  lacks: (walk) => nothingToSpend(walk),
  async run(walk) {
    const { settings, checkup } = partsOf(walk);
    const { operatorUnionId } = settings;
    const facts = [...memberFacts(walk), fact('scope-at-sign-in', { scope: PROFILE })];
    const before = checkup.outcomes().length;
    if (operatorUnionId === null) {
      return verdict(walk, [fact('scope-untold', { scope: READ }), ...facts], 'unknown');
    }
    try {
      const { rooms, nextToken } = await checkup.listRooms({ pageToken: null }, operatorUnionId, ASKED);
      walk.rooms = { count: rooms.length, more: nextToken !== null, firstId: rooms[0]?.id ?? null };
    } catch (thrown) {
      const found = failure(thrown, checkup.outcomes().slice(before));
      if (found.trouble === 'scope-missing') return { ...found, facts: [...lacking(thrown), ...facts] };
      // A refusal of the operator comes from behind the permission; it is the next step's to tell.
      if (!found.trouble.startsWith('operator-')) throw thrown;
      walk.ahead.set('operator', found);
    }
    return verdict(walk, [fact('scope-has', { scope: READ }), ...facts], 'ok');
  },
};

function verdict(walk: Walk, facts: DoctorFact[], state: 'ok' | 'unknown') {
  return walk.oldApi === 'no-scope'
    ? ({ state: 'failed', trouble: 'member-scope-missing', facts, isInTheWay: false } as const)
    : { state, facts };
}

function lacking(thrown: unknown): DoctorFact[] {
  const scopes = thrown instanceof AppError ? thrown.values.scopes : undefined;
  return (scopes ?? READ).split(', ').map((scope) => fact('scope-lacks', { scope }));
}

function memberFacts({ oldApi }: Walk): DoctorFact[] {
  const known = { answered: 'scope-has', 'no-scope': 'scope-lacks', untold: 'scope-untold' } as const;
  return [fact(known[oldApi], { scope: MEMBER })];
}
