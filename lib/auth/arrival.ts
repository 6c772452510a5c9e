import type { Asserted, SessionClaims } from './session-token.ts';

/** Somebody who has proven at a provider who they are. */
export type Arrived = {
  /** The door's name in their subject. */
  provider: string;
  /** Their name behind it, exact and never an e-mail address. */
  account: string;
  name: string;
  unionId: string | null;
  asserted: Asserted;
};

/** What one pass through a provider's sign-in ended in; a refusal is a word that lib/i18n/sign-in-problem.ts knows. */
export type Arrival = { person: Arrived } | { refusal: string };

/** What next-auth wants to know of it; everything else goes by the arrival itself. */
export const profileOf = (arrival: Arrival): { id: string; name: string; arrival: Arrival } =>
  'person' in arrival
    ? { id: arrival.person.account, name: arrival.person.name, arrival }
    : { id: 'refused', name: arrival.refusal, arrival };

/** What the session of somebody who has arrived holds. */
export const claimsOf = ({ provider, account, name, unionId, asserted }: Arrived): SessionClaims => ({
  sub: `${provider}:${account}`,
  name,
  unionId,
  asserted,
});
