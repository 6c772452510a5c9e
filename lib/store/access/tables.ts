/** Sessions, API tokens and limits of sensitive actions. Times are milliseconds since the epoch. */
export type AccessTables = {
  sessions: {
    id: string;
    /** SHA-256 of the cookie's value, in hex. */
    secret_hash: string;
    subject: string;
    /** JSON of the person's claims. */
    claims: string;
    signed_in_at: number;
    used_at: number;
    ends_at: number;
    ended_at: number | null;
    address: string;
    agent: string | null;
  };
  /** When DingTalk was last asked whether the person still belongs to the organization. */
  person_checks: { subject: string; at: number };
  api_tokens: {
    id: string;
    /** SHA-256 of the token's value, in hex. */
    secret_hash: string;
    name: string;
    role: string;
    creator: string;
    creator_name: string;
    /** JSON of the creator's claims. */
    claims: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    revoked_at: number | null;
  };
  /** How often a person or an address searched for secrets or revealed them in the hour from `window_start`. */
  secret_uses: {
    use: string;
    by: string;
    key: string;
    window_start: number;
    name: string;
    count: number;
    last_at: number;
  };
  /** Sign-ins that were completed, by the SHA-256 of their `state` in hex. Each `state` is accepted once. */
  sign_in_states: { hash: string; used_at: number };
};
