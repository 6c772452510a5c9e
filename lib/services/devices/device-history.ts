import type { HistoryAnswer, ShownDeviceAlarm } from '#lib/api/history/history-answers.ts';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import { CONCEALED } from '#lib/domain/devices/conceal.ts';
import { concealChange, openControllers } from '#lib/domain/devices/conceal-change.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { AppError } from '#lib/domain/errors.ts';
import { type AlarmEpisode, alarmEpisodes } from '#lib/domain/history/alarm-episodes.ts';
import type { Change } from '#lib/domain/history/change.ts';
import { type AskedWindow, settleWindow, type Window } from '#lib/domain/history/history-window.ts';
import type { Watch } from '#lib/domain/history/status-mark.ts';
import { missesOf, momentsOf, SPAN_REACH_MS, spansOf, uptimeOf } from '#lib/domain/history/status-spans.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { sharedWith, visibleReading, visibleUntil } from './device-access.ts';

const MOST_CHANGES = 1_000;

type Context = Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId'>;

/**
 * What is known of a device over a window of time, the last seven days where none is asked for. Never calls DingTalk.
 * What DingTalk refuses an operator ends for them with their own last answer. Throws device-not-found, invalid-question.
 */
export async function deviceHistory(
  context: Context,
  operator: Operator,
  ref: DeviceRef,
  asked: AskedWindow,
): Promise<HistoryAnswer> {
  const { store, clock } = context;
  const now = clock.now();
  const window = settleWindow(asked, now);
  if (!window) throw new AppError('invalid-question.window');
  const [{ reading, access }, key] = await Promise.all([
    visibleReading(context, operator, ref),
    store.keyOf(ref),
  ]);
  if (!reading || key === null) throw new AppError('device-not-found.not-known-yet');
  const visible = sharedWith(context, operator, { access, observedAt: reading.observedAt });
  const until = Math.min(visibleUntil(access, reading.observedAt), now);
  // What came before and after the window decides how it began and ended.
  const marks = visible(await store.statusMarks(key, window.from, until));
  const [watches, alarms, changes] = await Promise.all([
    store.watches(Math.min(window.from, marks[0]?.at ?? window.from), until),
    // An alarm may have begun long before.
    store.alarmMarks(key, 0, until),
    store.changesBetween(key, window.from, Math.min(window.to, until), MOST_CHANGES + 1),
  ]);
  const question = { marks, watches, ...window, now: until };
  const spans = spansOf(question);
  const within = marks.filter(({ at }) => at <= window.to);
  return {
    window: { from: iso(window.from), to: iso(window.to) },
    spans: spans.map(({ from, to, state, source }) => ({ from: iso(from), to: iso(to), state, source })),
    moments: momentsOf(question, spans).map(({ at, state, source }) => ({ at: iso(at), state, source })),
    changes: shownChanges(visible(changes.slice(0, MOST_CHANGES)), operator, reading),
    moreChanges: changes.length > MOST_CHANGES,
    alarms: shownAlarms(alarmEpisodes(alarms), window, operator),
    uptime: uptimeOf(spans),
    watchedSince: watchedSince(watches, until),
    push: missesOf(within, watches, window.from),
  };
}

function shownChanges(changes: Change[], { role }: Operator, { device }: Reading): HistoryAnswer['changes'] {
  const open = openControllers([device], changes);
  return changes.map((change) => {
    const { at, notBefore, field, from, to, source } = concealChange(change, role, open);
    return { at: iso(at), notBefore: iso(notBefore), field, from, to, source };
  });
}

/** The alarms that stood at some time of the window, newest first. */
function shownAlarms(episodes: AlarmEpisode[], window: Window, { role }: Operator): ShownDeviceAlarm[] {
  const named = can(role, 'see-identity');
  return episodes
    .filter(({ from, to, processingAt }) => {
      const first = from ?? processingAt ?? to ?? window.from;
      return first <= window.to && (to === null || to >= window.from);
    })
    .sort((a, b) => (b.from ?? b.to ?? 0) - (a.from ?? a.to ?? 0))
    .map(({ rule, level, description, from, to, processingAt }) => ({
      rule,
      level,
      description: named || description === null ? description : CONCEALED,
      from: isoOrNull(from),
      to: isoOrNull(to),
      processingAt: isoOrNull(processingAt),
    }));
}

function watchedSince(watches: readonly Watch[], now: number): string | null {
  const last = watches.at(-1);
  return last && now - last.to <= SPAN_REACH_MS ? iso(last.from) : null;
}
