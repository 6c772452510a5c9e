import { resetDingTalk } from '../dingtalk.ts';
import { personByUnionId } from '../people/people.ts';
import type { CodeNames } from '../people/sign-in.ts';
import {
  type Control,
  type ControlAnswer,
  type ControlQuestion,
  refusedControl,
  type Simulator,
} from './control.ts';

const CODE_NAMES: readonly CodeNames[] = ['code', 'authCode', 'both'];
/** Longer than any client waits for a response. */
const SETTLE_SECONDS = 15;
const LIMITS = '{"qps"?, "qpm"?, "monthly"?, "tokenSeconds"?, "latencyMs"?}';

const clockState: Control['run'] = (_question, { dingtalk: { clock } }) => ({ body: clock.state() });

export const SERVICE_CONTROLS: readonly Control[] = [
  {
    method: 'GET',
    path: '/__control/calls',
    meaning: 'calls by method and path: made, counted in the quota, refused by a limit; since the last reset',
    run: (_question, { dingtalk: { calls } }) => ({ body: calls.state() }),
  },
  {
    method: 'DELETE',
    path: '/__control/calls',
    meaning: 'sets the calls to nothing; the month’s quota stays as spent as it is',
    run: (_question, { dingtalk: { calls } }) => {
      calls.reset();
      return { body: calls.state() };
    },
  },
  {
    method: 'POST',
    path: '/__control/calls/settle',
    body: '{"seconds"?: n}',
    meaning: 'answers when no call is in flight and none follows, or after so many seconds',
    run: async ({ body: { seconds = SETTLE_SECONDS } }, { dingtalk: { traffic } }) => {
      if (typeof seconds !== 'number') return refusedControl('seconds must be a number');
      const settled = await traffic.settled(seconds * 1_000);
      return { body: { settled, inFlight: traffic.inFlight } };
    },
  },
  { method: 'GET', path: '/__control/clock', meaning: 'the simulator’s time', run: clockState },
  {
    method: 'POST',
    path: '/__control/clock',
    body: '{"advanceSeconds": n}, may be negative',
    meaning: 'moves the time of tokens, codes, limits and the month',
    run: ({ body }, simulator) => {
      const { advanceSeconds } = body;
      if (typeof advanceSeconds !== 'number') return refusedControl('advanceSeconds must be a number');
      simulator.dingtalk.clock.advance(advanceSeconds);
      return clockState({ params: {}, body }, simulator);
    },
  },
  {
    method: 'POST',
    path: '/__control/tokens/revoke',
    body: '{"kind"?: "app" | "user" | "refresh"}',
    meaning: 'tokens of the kind die at once; without a kind all but refresh tokens',
    run: ({ body: { kind } }, { dingtalk: { tokens } }) => {
      const known = kind === 'app' || kind === 'user' || kind === 'refresh' ? kind : undefined;
      return { body: { revoked: tokens.revokeAll(known) } };
    },
  },
  {
    method: 'GET',
    path: '/__control/limits',
    meaning: 'limits, and what the month has used',
    run: limitState,
  },
  { method: 'PUT', path: '/__control/limits', body: LIMITS, meaning: 'changes the limits', run: putLimits },
  {
    method: 'PUT',
    path: '/__control/sign-in',
    body: '{"returns": "code" | "authCode" | "both"}',
    meaning: 'the name under which the sign-in page sends the code back',
    run: ({ body }, { dingtalk: { signIn } }) => {
      const returns = CODE_NAMES.find((name) => name === body.returns);
      if (!returns) return refusedControl('returns must be code, authCode or both');
      signIn.returns = returns;
      return { body: { returns } };
    },
  },
  {
    method: 'POST',
    path: '/__control/codes',
    body: '{"unionId": text, "kind"?: "in-app" | "browser"}',
    meaning: 'a sign-in code, as DingTalk’s own app would hand it to a page inside it',
    run: ({ body: { unionId, kind } }, { dingtalk: { signIn } }) => {
      if (typeof unionId !== 'string' || !personByUnionId(unionId))
        return refusedControl('unionId is unknown');
      return { body: { code: signIn.issueCode(kind === 'browser' ? 'browser' : 'in-app', unionId) } };
    },
  },
  {
    method: 'DELETE',
    path: '/__control/people/{unionId}',
    meaning:
      'removes a person from the organization: the address book no longer contains them; the sign-in page still shows them',
    run: ({ params: { unionId = '' } }, { dingtalk: { addressBook } }) =>
      addressBook.remove(unionId)
        ? { body: { left: unionId } }
        : refusedControl(`there is no person ${unionId} in the organization`, 404),
  },
  {
    method: 'POST',
    path: '/__control/reset',
    meaning:
      'back to the start: world, people, faults, calls, clock, limits, tokens, sign-in, events; streams and a day end',
    run: (_question, { dingtalk, transport }) => {
      resetDingTalk(dingtalk);
      transport.comeBack();
      return { body: { reset: true } };
    },
  },
];

function limitState(_question: ControlQuestion, { dingtalk: { limits, tokens } }: Simulator): ControlAnswer {
  return { body: { ...limits.settings, tokenSeconds: tokens.seconds, spentThisMonth: limits.spent() } };
}

function putLimits(question: ControlQuestion, simulator: Simulator): ControlAnswer {
  const { limits, tokens } = simulator.dingtalk;
  const wanted = Object.entries(question.body);
  const known = { ...limits.settings, tokenSeconds: tokens.seconds };
  for (const [name, value] of wanted) {
    if (!Object.hasOwn(known, name)) return refusedControl(`there is no limit ${name}`);
    if (typeof value !== 'number' || value < 0) return refusedControl(`${name} must be a number from 0 up`);
  }
  const { tokenSeconds, ...settings } = { ...known, ...question.body };
  limits.settings = settings;
  tokens.seconds = tokenSeconds;
  return limitState(question, simulator);
}
