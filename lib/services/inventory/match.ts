import type { MatchReason } from '#lib/api/search/search-answers.ts';

/** Something found and how well it fits: the lower the rank, the better. */
export type Found = { kind: 'device' | 'room'; key: string; rank: number; why: MatchReason };
