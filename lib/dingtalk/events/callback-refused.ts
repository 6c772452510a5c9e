/**
 * Why a callback is not taken. `malformed`: no callback at all, or no JSON object inside; `signature`: not signed with
 * our token; `too-old`: outside the time window, on either side; `crypto`: not encrypted with our key; `owner`: meant
 * for another app.
 */
export type CallbackRefusal = 'malformed' | 'signature' | 'too-old' | 'owner' | 'crypto';

const BRAND = Symbol.for('rooms-desk.CallbackRefused');

/** A callback that did not come from DingTalk, not to us or not just now. Holds nothing of what was sent. */
export class CallbackRefused extends Error {
  // As AppError: the bundler may put this class into several bundles of one process.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly reason: CallbackRefusal;

  constructor(reason: CallbackRefusal) {
    super(reason);
    this.name = 'CallbackRefused';
    this.reason = reason;
  }
}
