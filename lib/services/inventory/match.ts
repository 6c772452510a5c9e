import type { MatchReason } from '#lib/domain/search/search-answer.ts';

/** Something found and how well it fits: the lower the rank, the better. */
export type Found = { kind: 'device' | 'room'; key: string; rank: number; why: MatchReason };
