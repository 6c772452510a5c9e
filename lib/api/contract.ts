import type { z } from 'zod';
import type { ErrorCode } from '#lib/domain/errors.ts';

/** What one method of one path takes and answers. */
export type RouteContract = {
  /** What it does, as a sentence for the documentation. */
  summary: string;
  /** Reads path parameters, query and body together. An issue's message is an ErrorReason. */
  input: z.ZodType;
  /** Status of a good answer; 200 unless it says otherwise. 204 has no body. */
  status?: 200 | 201 | 202 | 204;
  /** The body of a good answer: JSON, or one line of a stream of JSON lines. */
  answer?: z.ZodType;
  /** Content type of a good answer that is not `application/json`. */
  type?: 'text/csv' | 'text/event-stream' | 'application/x-ndjson';
  /** The body of a 503 that is no problem, for probes. */
  unavailable?: z.ZodType;
  /** Problems beside those that `problemsOf` adds to every route behind a session. */
  problems?: readonly ErrorCode[];
};
