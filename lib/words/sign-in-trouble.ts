import { ERROR_REASONS, type ErrorCode } from '#lib/domain/errors.ts';
import type { requestWords } from './request-words.ts';

type Say = Awaited<ReturnType<typeof requestWords>>;

const OWN = [
  'other-organisation',
  'not-an-employee',
  'code-refused',
  'not-checked',
  'old-api',
  'state',
] as const;

/** Spelled `oidc-...` in the address; each has its words. */
const OIDC = [
  'unreachable',
  'issuer',
  'client',
  'code',
  'audience',
  'nonce',
  'time',
  'signature',
  'subject',
  'answer',
] as const;

/**
 * What a failed sign-in says. `error` comes from the address bar, so only known words choose a text. `provider` is what
 * people call the OpenID Connect provider, null where there is none.
 */
export function signInTrouble(say: Say, error: string, provider: string | null): string {
  const oidc = OIDC.find((each) => `oidc-${each}` === error);
  if (oidc && provider !== null) return say(`oidcTrouble.${oidc}`, { name: provider });
  const own = OWN.find((each) => each === error);
  if (own) return say(`signIn.errors.${own}`);
  if (error === 'OAuthCallback' || error === 'Callback') return say('signIn.errors.cancelled');
  const reason = knownReason(error);
  if (!reason) return say('signIn.errors.other');
  const part = (name: 'title' | 'hint') =>
    say(`problems.${reason}.${name}` as never, { scopes: 'Contact.User.Read' } as never) as string;
  return say('signIn.errors.upstream', { title: part('title'), hint: part('hint') });
}

function knownReason(error: string): string | null {
  const [code = '', why = ''] = error.split('.');
  const reasons: readonly string[] | undefined = Object.hasOwn(ERROR_REASONS, code)
    ? ERROR_REASONS[code as ErrorCode]
    : undefined;
  return reasons?.includes(why) ? error : null;
}
