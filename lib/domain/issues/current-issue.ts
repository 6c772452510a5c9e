import type { IssueCode } from './issue.ts';

/** An issue that is true of a device at this moment, and since when the desk has known it. Milliseconds since the epoch. */
export type CurrentIssue = {
  deviceKey: string;
  deviceId: string | null;
  name: string | null;
  roomId: string | null;
  roomName: string | null;
  code: IssueCode;
  since: number;
};

/** A stretch of time in which an issue was true of a device; `to` is null while it is. Milliseconds since the epoch. */
export type IssueSpan = { code: IssueCode; from: number; to: number | null };
