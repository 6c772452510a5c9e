/** A person as DingTalk knows them. */
export type Person = {
  /** Unique within the developer organisation, the same over its apps; the name to know a person by. */
  unionId: string;
  name: string;
  /** An http(s) address. */
  avatarUrl: string | null;
  /** Their id within the organisation; null when the old-style API could not be asked. */
  userId: string | null;
  /** Administrator of the organisation in DingTalk; false when DingTalk would not say. */
  admin: boolean;
  /** Names of their roles in DingTalk; empty when DingTalk would not say. */
  roles: string[];
  /** The organisation they signed in to. */
  corpId: string | null;
};

/**
 * `not-checked`: no organisation is configured, and the old-style API did not say whether the person belongs to it.
 * `old-api`: sign-in inside DingTalk's client needs the old-style API, whose host did not answer as DingTalk does.
 */
export type SignInRefusal =
  | 'other-organisation'
  | 'not-an-employee'
  | 'code-refused'
  | 'not-checked'
  | 'old-api';

/** A person who may not or cannot be let in. Not a fault of the process: the sign-in page says why. */
export class SignInRefused extends Error {
  readonly reason: SignInRefusal;

  constructor(reason: SignInRefusal) {
    super(reason);
    this.name = 'SignInRefused';
    this.reason = reason;
  }
}

/** The people of the organisation: where they sign in, and who they are. */
export type Directory = {
  /**
   * Where a browser is sent to sign in; the asker adds `redirect_uri` (one that is registered with the app) and
   * `state`. DingTalk comes back with `authCode` (newer: also `code`, the same) and `state`, or `error` and `state`.
   * (DingTalk docs: tutorial-obtaining-user-personal-information)
   */
  authorization: { url: string; params: Record<string, string> };
  /**
   * The person a code stands for; a code can be used once. Where an organisation is configured and the token's answer
   * names it, the person belongs to it (DingTalk docs: tutorial-obtaining-user-personal-information); the old-style API
   * can still refuse them, and its silence does not. Throws SignInRefused, and AppErrors for trouble with DingTalk.
   */
  signIn(code: string): Promise<Person>;
  /**
   * What is known now of somebody who signed in before; null when they are ours and DingTalk would not say more. Throws
   * SignInRefused `not-an-employee` when they are none of ours any more, and nothing else of its kind; AppErrors for trouble.
   */
  employee(unionId: string): Promise<Pick<Person, 'admin' | 'roles'> | null>;
  /**
   * The person for whom DingTalk's own client handed a page inside it a code: another kind of code than `signIn`'s,
   * good once and for five minutes. Throws as `signIn` does. (DingTalk docs: enterprise-internal-application-logon-free)
   */
  signInInApp(code: string): Promise<Person>;
};
