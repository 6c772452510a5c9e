/** Every way a request can fail, with its HTTP status. The list is closed: the same word is on the screen, in the JSON and in the log. */
export const ERROR_STATUS = {
  'signed-out': 401,
  'not-permitted': 403,
  'invalid-question': 400,
  'device-not-found': 404,
  'room-not-found': 404,
  'not-found': 404,
  'too-many-questions': 429,
  'dingtalk-budget-spent': 503,
  'dingtalk-refused': 502,
  'dingtalk-throttled': 503,
  'dingtalk-unreachable': 504,
  'dingtalk-confused': 502,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Why exactly, within a code: it chooses the words and the cure. Each has a text in `lib/i18n`. */
export const ERROR_REASONS = {
  'signed-out': ['signed-out', 'token'],
  'not-permitted': [
    'role',
    'token',
    'live-question',
    'not-known-yet',
    'foreign-page',
    'demo-account',
    'note',
    'callback',
    'callback-off',
  ],
  'invalid-question': [
    'no-id',
    'two-ids',
    'id-length',
    'id-characters',
    'parameter',
    'window',
    'moment',
    'body',
    'address',
    'host',
    'method',
    'channel-address',
    'channel-secret',
    'no-mail',
    'not-there',
    'too-many',
  ],
  'device-not-found': ['device', 'not-known-yet', 'not-known-then'],
  'room-not-found': ['room', 'not-known-then'],
  'not-found': ['note', 'api'],
  'too-many-questions': [
    'bodies',
    'person',
    'address',
    'secrets',
    'sign-ins',
    'daily-share',
    'unknown-ids',
    'streams',
  ],
  'dingtalk-budget-spent': ['organisation-quota', 'own-limit', 'reserve', 'running-short'],
  'dingtalk-refused': [
    'credentials',
    'organisation',
    'scope',
    'operator',
    'operator-missing',
    'operator-left',
    'ip-list',
    'token',
    'unrecognised',
  ],
  'dingtalk-throttled': ['own-rate', 'rate', 'minute', 'platform', 'busy', 'banned'],
  'dingtalk-unreachable': ['no-connection', 'proxy', 'no-answer', 'fault'],
  'dingtalk-confused': ['not-json', 'shape', 'too-large', 'redirected', 'unrecognised', 'other-device'],
  internal: ['internal', 'audit', 'store-full', 'store-lost'],
} as const satisfies Record<ErrorCode, readonly string[]>;

export type ErrorReason<C extends ErrorCode = ErrorCode> = {
  [K in C]: `${K}.${(typeof ERROR_REASONS)[K][number]}`;
}[C];

/** What DingTalk itself said, kept for its support staff. */
export type UpstreamSaid = { status: number | null; code: string | null; requestId: string | null };

type Details = {
  upstream?: UpstreamSaid;
  /** Whole seconds until asking again can help. */
  retryAfterSeconds?: number;
  /** The parameter or member of the request that is wrong. Its name comes from the request, so it is shown as text alone. */
  parameter?: string;
  /** Named values for the words, such as the scopes that are missing. Never a secret. */
  values?: Record<string, string>;
  cause?: unknown;
};

/** No parameter of ours has a longer name; a longer one is somebody's attempt. */
const MAX_NAME_LENGTH = 100;

const BRAND = Symbol.for('rooms-desk.AppError');

/** The one error that rooms throw to each other. `reason` is `<code>.<why>` and `code` follows from it. */
export class AppError extends Error {
  // The bundler may put this class into several bundles of one process; what counts is the brand, not the copy.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly reason: ErrorReason;
  readonly upstream: UpstreamSaid | null;
  readonly retryAfterSeconds: number | null;
  readonly parameter: string | null;
  readonly values: Record<string, string>;
  /** All that the framework lets a failed page know of its error in the browser. */
  readonly digest: string;

  constructor(reason: ErrorReason, details: Details = {}) {
    super(reason, { cause: details.cause });
    this.name = 'AppError';
    this.reason = reason;
    this.digest = reason;
    this.code = reason.slice(0, reason.indexOf('.')) as ErrorCode;
    this.upstream = details.upstream ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.parameter = details.parameter?.slice(0, MAX_NAME_LENGTH) ?? null;
    this.values = details.values ?? {};
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** Any thrown thing as an AppError; what nobody foresaw becomes `internal` with its cause kept for the log. */
export function asAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('internal.internal', { cause: thrown });
}
