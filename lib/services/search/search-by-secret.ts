import type { SearchAnswer } from '#lib/api/search/search-answers.ts';
import type { CredentialCaller } from '#lib/domain/access/access.ts';
import { can } from '#lib/domain/access/operator.ts';
import { secretText } from '#lib/domain/access/secret-use.ts';
import { AppError } from '#lib/domain/errors.ts';
import { normalIdentifier, SECRET_KINDS } from '#lib/domain/search/identifier-kind.ts';
import { countSecretUse } from '#lib/services/access/secret-uses.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { asFound, asMatches } from './search.ts';

type Searching = Pick<ServiceContext, 'store' | 'clock' | 'inventory' | 'limits' | 'audit' | 'warn'>;

/** Several devices may report the same secret. */
const MOST_BEARERS = 20;

/**
 * The device whose cast code or SIP account is exactly `text`. Each search is counted and audited, without the
 * text, before it is answered. Throws not-permitted for roles below admin and for API tokens, invalid-question.parameter
 * unless the text is one word, too-many-questions beyond the limits, internal.audit when nothing can be recorded.
 */
export async function searchBySecret(
  context: Searching,
  caller: CredentialCaller,
  text: string,
): Promise<SearchAnswer> {
  const { operator, source } = caller;
  await context.limits.search(caller);
  assertMaySearch(context, caller);
  const word = secretText(text);
  if (word === null) throw new AppError('invalid-question.parameter');
  await countSecretUse(context, caller, 'search');
  const hits = await context.store.findIdentifiers({
    kinds: SECRET_KINDS,
    // Both kinds of secrets are kept in the same spelling.
    values: [normalIdentifier('cast-code', word)],
    limit: MOST_BEARERS,
  });
  const showing = {
    view: await context.inventory.current(),
    role: operator.role,
    now: context.clock.now(),
  };
  const found = hits.map((hit) => asFound(hit, word, true));
  const matches = asMatches(showing, found);
  const [only, another] = matches;
  const target =
    only && !another ? ({ kind: 'device', id: only.id } as const) : ({ kind: 'fleet', id: null } as const);
  const about = `found=${matches.length}`;
  await context.audit.record({ by: operator, source, action: 'searched-by-secret', target, about });
  return { matches, unknownIds: [], callsLeft: null, looked: 1 };
}

/** Throws not-permitted, with an audit entry: a program could guess thousands of secrets, and others may see none. */
function assertMaySearch({ audit }: Searching, { operator, source, credential }: CredentialCaller): void {
  const isProgram = credential.by === 'token';
  if (!isProgram && can(operator.role, 'find-by-secret')) return;
  const target = { kind: 'fleet', id: null } as const;
  audit.noteRefusal({ by: operator, source, action: 'searched-by-secret', target });
  throw new AppError(isProgram ? 'not-permitted.token' : 'not-permitted.role');
}
