import { describe, expect, test } from 'vitest';
import type { AlertRule, Notification } from '#lib/domain/alerts/alert.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { type AlertState, GATHER_MS, type Placed } from './alert-state.ts';
import { decide } from './decide.ts';

const MINUTE = 60_000;
const RAISE = 5 * MINUTE;
const CLEAR = 2 * MINUTE;
const T0 = 1_000_000_000;
const RAISED = T0 + RAISE;
const TOLD = RAISED + GATHER_MS;

const RULE: AlertRule = {
  id: 'rule',
  name: 'Offline',
  on: true,
  which: { codes: ['offline', 'alarm-open'] },
  scope: { everything: true, groups: [], rooms: [], devices: [] },
  raiseAfterMs: RAISE,
  resolveAfterMs: CLEAR,
  channelIds: ['group'],
  createdAt: 0,
};

const issue = (deviceKey: string, code: IssueCode = 'offline'): Placed => ({
  ...{ deviceKey, deviceId: deviceKey, name: `Screen ${deviceKey}`, roomId: 'room', roomName: 'Room' },
  ...{ code, since: T0, groups: [] },
});

/** Decides again and again, with the devices in `lastKnown` not current. */
function watching(lastKnown: Set<string>) {
  let state: AlertState = { alerts: new Map(), incidents: new Map() };
  let made = 0;
  return (now: number, ...currentIssues: Placed[]): Notification[] => {
    const seen = { rules: [RULE], silences: [], currentIssues, lastKnown };
    const decision = decide(state, seen, now, () => `id ${++made}`);
    state = decision.state;
    return decision.notifications.map(({ notification }) => notification);
  };
}

const kinds = (notifications: Notification[]) => notifications.map(({ kind }) => kind);

describe('a status that is only the last known one', () => {
  test('raises no alert, however long the issue stood, until it is current again', () => {
    const lastKnown = new Set(['1']);
    const at = watching(lastKnown);
    for (const now of [T0, RAISED, TOLD, TOLD + 10 * RAISE]) expect(at(now, issue('1'))).toEqual([]);
    lastKnown.clear();
    at(TOLD + 11 * RAISE, issue('1'));
    expect(kinds(at(TOLD + 11 * RAISE + GATHER_MS, issue('1')))).toEqual(['raised']);
  });

  test('resolves no alert, until a status that is current says that it is over', () => {
    const lastKnown = new Set<string>();
    const at = watching(lastKnown);
    at(RAISED, issue('1'));
    expect(kinds(at(TOLD, issue('1')))).toEqual(['raised']);
    lastKnown.add('1');
    for (const after of [MINUTE, RAISE, 100 * RAISE]) {
      expect(at(TOLD + after)).toEqual([]);
      expect(at(TOLD + after, issue('1'))).toEqual([]);
    }
    lastKnown.clear();
    const back = TOLD + 101 * RAISE;
    expect(at(back)).toEqual([]);
    expect(kinds(at(back + CLEAR))).toEqual(['resolved']);
  });

  test('holds back nothing that rests on other facts, and no other device', () => {
    const at = watching(new Set(['1']));
    const currentIssues = [issue('1', 'alarm-open'), issue('2')];
    at(RAISED, ...currentIssues);
    const told = at(TOLD, ...currentIssues).flatMap(({ devices }) => devices.map(({ deviceId }) => deviceId));
    expect(told.toSorted()).toEqual(['1', '2']);
  });
});
