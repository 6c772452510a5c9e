import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

export type TokenKind = 'app' | 'user' | 'refresh';
type Grant = { kind: TokenKind; expiresAt: number; unionId: string; corpId: string };

const REFRESH_SECONDS = 30 * 86_400;

/** Access tokens: opaque, valid by the simulator's clock, and revocable. */
export class Tokens {
  seconds: number;
  readonly #clock: Clock;
  readonly #initialSeconds: number;
  readonly #grants = new Map<string, Grant>();
  #appToken: string | undefined;

  constructor(clock: Clock, seconds: number) {
    this.#clock = clock;
    this.seconds = seconds;
    this.#initialSeconds = seconds;
  }

  reset(): void {
    this.seconds = this.#initialSeconds;
    this.#grants.clear();
    this.#appToken = undefined;
  }

  /** The app gets the same token again while it is valid, and the repetition extends its lifetime. */
  appToken(): string {
    const current = this.#appToken && this.grantOf(this.#appToken, 'app') ? this.#appToken : undefined;
    const token = current ?? this.#fresh();
    this.#appToken = token;
    this.#grants.set(token, { kind: 'app', expiresAt: this.#in(this.seconds), unionId: '', corpId: '' });
    return token;
  }

  userTokens(unionId: string, corpId: string): { accessToken: string; refreshToken: string } {
    const [accessToken, refreshToken] = [this.#fresh(), this.#fresh()];
    this.#grants.set(accessToken, { kind: 'user', expiresAt: this.#in(this.seconds), unionId, corpId });
    this.#grants.set(refreshToken, {
      kind: 'refresh',
      expiresAt: this.#in(REFRESH_SECONDS),
      unionId,
      corpId,
    });
    return { accessToken, refreshToken };
  }

  grantOf(token: string, kind: TokenKind): Grant | undefined {
    const grant = this.#grants.get(token);
    return grant?.kind === kind && grant.expiresAt > this.#clock.now() ? grant : undefined;
  }

  revoke(token: string): void {
    this.#grants.delete(token);
  }

  /** Returns the number of revoked tokens; without a kind, those of the app and of people. */
  revokeAll(kind?: TokenKind): number {
    const doomed = [...this.#grants].filter(([, grant]) =>
      kind ? grant.kind === kind : grant.kind !== 'refresh',
    );
    for (const [token] of doomed) this.#grants.delete(token);
    return doomed.length;
  }

  #in(seconds: number): number {
    return this.#clock.now() + seconds * 1_000;
  }

  #fresh(): string {
    return randomBytes(16).toString('hex');
  }
}
