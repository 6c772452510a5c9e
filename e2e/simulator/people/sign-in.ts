import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** The parameter names of the code in the redirect: DingTalk's documents disagree. */
export type CodeNames = 'code' | 'authCode' | 'both';
export type CodeKind = 'browser' | 'in-app';

type Code = { kind: CodeKind; unionId: string; withCorpId: boolean; expiresAt: number };
type Settings = { publicOrigin: string; redirectUris: string[] };

const CODE_MS = 5 * 60_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Sign-in codes and the registered redirect addresses. */
export class SignIn {
  returns: CodeNames = 'both';
  readonly publicOrigin: string;
  readonly #redirectUris: string[];
  readonly #clock: Clock;
  readonly #codes = new Map<string, Code>();

  constructor(clock: Clock, { publicOrigin, redirectUris }: Settings) {
    this.#clock = clock;
    this.publicOrigin = publicOrigin;
    this.#redirectUris = redirectUris;
  }

  reset(): void {
    this.returns = 'both';
    this.#codes.clear();
  }

  /** Registered addresses must match exactly; without any, every loopback address is accepted. */
  allowsRedirect(redirectUri: string): boolean {
    if (this.#redirectUris.length > 0) return this.#redirectUris.includes(redirectUri);
    const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && LOOPBACK.test(url.hostname);
  }

  issueCode(kind: CodeKind, unionId: string, withCorpId = true): string {
    const code = randomBytes(16).toString('hex');
    this.#codes.set(code, { kind, unionId, withCorpId, expiresAt: this.#clock.now() + CODE_MS });
    return code;
  }

  /** A code is valid once, within five minutes, and for its own kind of sign-in. */
  redeem(kind: CodeKind, code: string): Code | undefined {
    const known = this.#codes.get(code);
    if (known?.kind !== kind) return undefined;
    this.#codes.delete(code);
    return known.expiresAt > this.#clock.now() ? known : undefined;
  }
}
