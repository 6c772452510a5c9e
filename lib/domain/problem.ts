import type { ErrorCode, ErrorReason, UpstreamSaid } from './errors.ts';

/** An error as it leaves the server (RFC 9457), with the product's own members. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  /** `<code>.<why>`: chooses the words in the reader's language. */
  reason: ErrorReason;
  hint: string;
  requestId: string;
  /** The parameter or member of the request that is wrong, where it is one's fault. */
  parameter?: string;
  retryAfterSeconds?: number;
  values?: Record<string, string>;
  upstream?: UpstreamSaid;
};
