import { ERROR_REASONS, type ErrorCode, type ErrorReason } from '#lib/domain/errors.ts';
import type { requestTranslations } from './request-texts.ts';

type Translate = Awaited<ReturnType<typeof requestTranslations>>;

/** As what too many sign-ins stand in the address of the sign-in page. */
export const TOO_MANY_SIGN_INS = 'too-many-sign-ins';

/** No limit of sign-ins lasts longer. */
const LONGEST_WAIT = 10;

const waitOf = (minutes: unknown): number => {
  const notified = typeof minutes === 'string' && /^\d{1,2}$/.test(minutes) ? Number(minutes) : LONGEST_WAIT;
  return Math.min(Math.max(1, notified), LONGEST_WAIT);
};

const OWN = [
  'other-organisation',
  'not-an-employee',
  'code-refused',
  'not-checked',
  'old-api',
  'state',
  'state-used',
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
 * people call the OpenID Connect provider, null where there is none. `minutes` is how long to wait where there were too many
 * sign-ins, as the address says it too.
 */
export function signInError(
  t: Translate,
  error: string,
  { provider, minutes }: { provider: string | null; minutes: unknown },
): string {
  if (error === TOO_MANY_SIGN_INS) return t('signIn.errors.too-many', { minutes: waitOf(minutes) });
  const oidc = OIDC.find((each) => `oidc-${each}` === error);
  if (oidc && provider !== null) return t(`oidcTrouble.${oidc}`, { name: provider });
  const own = OWN.find((each) => each === error);
  if (own) return t(`signIn.errors.${own}`);
  if (error === 'OAuthCallback' || error === 'Callback') return t('signIn.errors.cancelled');
  const reason = knownReason(error);
  if (!reason) return t('signIn.errors.other');
  const part = (name: 'title' | 'hint') => t(`problems.${reason}.${name}`, { scopes: 'Contact.User.Read' });
  return t('signIn.errors.upstream', { title: part('title'), hint: part('hint') });
}

function knownReason(error: string): ErrorReason | null {
  const [code = '', why = ''] = error.split('.');
  const reasons: readonly string[] | undefined = Object.hasOwn(ERROR_REASONS, code)
    ? ERROR_REASONS[code as ErrorCode]
    : undefined;
  return reasons?.includes(why) ? (error as ErrorReason) : null;
}
