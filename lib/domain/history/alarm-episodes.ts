import type { AlarmMark } from './status-mark.ts';

/** One alarm from its beginning to its end. Times are milliseconds since the epoch. */
export type AlarmEpisode = {
  rule: string;
  /** The worst that was said. */
  level: AlarmMark['level'];
  /** The last that was said. */
  description: string | null;
  /** Null when nobody told of its beginning. */
  from: number | null;
  /** Null while it stands. */
  to: number | null;
  /** When somebody was first said to see to it. */
  processingAt: number | null;
};

const STATUSES = ['open', 'processing', 'resolved', 'unknown'] as const;
const LEVELS = ['unknown', 'normal', 'serious'] as const;

/**
 * Alarms as they lasted, newest end last, those that stand at the end. DingTalk ties no "resolved" to its "open", so an
 * alarm of a rule ends with the next "resolved" of that rule. Marks come in any order, each any number of times.
 */
export function alarmEpisodes(marks: readonly AlarmMark[]): AlarmEpisode[] {
  const open = new Map<string, AlarmEpisode>();
  const over: AlarmEpisode[] = [];
  for (const mark of inOrder(marks)) {
    // A word that nobody here knows neither begins nor ends anything.
    if (mark.status === 'unknown') continue;
    const episode = open.get(mark.rule) ?? begun(mark);
    hear(episode, mark);
    if (mark.status === 'resolved') {
      open.delete(mark.rule);
      over.push(episode);
    } else open.set(mark.rule, episode);
  }
  return [...over, ...open.values()];
}

const begun = ({ rule, status, at }: AlarmMark): AlarmEpisode => ({
  rule,
  level: 'unknown',
  description: null,
  from: status === 'open' ? at : null,
  to: null,
  processingAt: null,
});

function hear(episode: AlarmEpisode, { at, status, level, description }: AlarmMark): void {
  if (LEVELS.indexOf(level) > LEVELS.indexOf(episode.level)) episode.level = level;
  episode.description = description ?? episode.description;
  if (status === 'processing') episode.processingAt ??= at;
  if (status === 'resolved') episode.to = at;
}

function inOrder(marks: readonly AlarmMark[]): AlarmMark[] {
  const single = new Map(marks.map((mark) => [nameOf(mark), mark]));
  return [...single]
    .sort(
      ([oneName, one], [otherName, other]) =>
        one.at - other.at ||
        STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status) ||
        (oneName < otherName ? -1 : 1),
    )
    .map(([, mark]) => mark);
}

const nameOf = ({ at, rule, status, level, description }: AlarmMark) =>
  JSON.stringify([at, rule, status, level, description]);
