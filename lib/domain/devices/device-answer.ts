import type { ShownIssue } from '#lib/domain/issues/issue.ts';
import type { ShownCheck } from '#lib/domain/notes/check.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { ShownDevice } from './conceal.ts';

/** Where an answer came from: asked now, shared with somebody who asked a moment ago, or what was last known. */
export type AnswerSource = 'live' | 'shared' | 'last-known';

/** A person's or token's share of a day's calls. `renewsAt` is ISO 8601 UTC. */
export type ShownShare = { limit: number; left: number; unknownIdsLeft: number; renewsAt: string };

/** A field that is not the same at two moments, by its path. */
export type ShownDifference = { field: string; from: unknown; to: unknown };

/** What the proxied query and the known-device route answer. */
export type DeviceAnswer = {
  device: ShownDevice;
  /** ISO 8601 UTC. */
  observedAt: string;
  /** Age at the moment the server answered, never negative. */
  ageMs: number;
  source: AnswerSource;
  /** What events told since, by field, the newest first; `device` has it already. */
  overrides: { field: string; at: string }[];
  /** Set with `last-known`: why no newer answer could be had. */
  notice?: Problem;
  /** Calls that people may still make this month; null for a reader who may make none, or when nobody can say. */
  callsLeft: number | null;
  /** The reader's share of today's calls; null for a reader who may make none, or when nobody can say. */
  share: ShownShare | null;
  /** Set in an answer about the past: the moment it is of, and what was other at a second one. ISO 8601 UTC. */
  past?: { at: string; against: string; differs: ShownDifference[] };
  /** What is wrong and on what that rests, the worst first; an answer about the past has none. */
  issues: ShownIssue[];
  /** What people in the room said within a day, the newest first; an answer about the past has none. */
  checks: ShownCheck[];
};
