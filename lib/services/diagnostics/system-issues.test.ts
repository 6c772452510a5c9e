import { describe, expect, test } from 'vitest';
import type { SecretUse, SecretUseCount, SecretUser } from '#lib/domain/access/secret-use.ts';
import { SYSTEM_ISSUES, systemSeverityOf } from '#lib/domain/diagnostics/system-issue.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import { type FailedOnce, findSystemIssues, type SystemSubject } from './system-issues.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-24T10:00:00Z');
const DEVICE = 'GET /v1.0/rooms/devices';
const ROOMS = 'GET /v1.0/rooms/meetingRoomLists';
const TOKEN = 'POST /v1.0/oauth2/{corpId}/token';
const MEMBER = 'POST /topapi/user/getbyunionid';

/** An installation without service issues. */
const WELL: SystemSubject = {
  now: NOW,
  budget: { spent: 100, limit: 2_500, reserve: 625 },
  failures: [],
  answered: new Map([[DEVICE, NOW - MINUTE]]),
  hasOperator: true,
  oldApiOrigin: 'https://oapi.test',
  pause: null,
  clock: { aheadMs: 400, at: NOW },
  auditGap: null,
  exportLag: null,
  events: {
    transport: 'stream',
    stream: { state: 'open', since: NOW - 60 * MINUTE, problem: null },
    isHeld: true,
    isJobInstance: true,
    lastAt: NOW - MINUTE,
    trust: { agreed: 20, missed: 2 },
  },
  pushes: { used: 10, limit: 3_000, pace: 'each' },
  secretUses: [],
};

const GAP = { at: NOW, expected: { seq: 9, hash: 'a'.repeat(64), at: NOW - MINUTE }, found: null };

const LAG = { waiting: 3, since: NOW - MINUTE, failure: { reason: 'ECONNREFUSED', since: NOW } };

const PAUSE = {
  reason: 'dingtalk-refused.operator',
  since: NOW - MINUTE,
  probeAt: NOW + 59 * MINUTE,
} as const;

const failed = (reason: ErrorReason, api = DEVICE, ago = 0): FailedOnce => ({
  reason,
  api,
  at: NOW - ago,
  source: 'ledger',
  said: { status: 403, code: 'x', requestId: 'r' },
});

const app = (change: Partial<SystemSubject>): SystemSubject => ({ ...WELL, ...change });
const failing = (...failures: FailedOnce[]) => app({ failures });
const events = (change: Partial<SystemSubject['events']>) => app({ events: { ...WELL.events, ...change } });
const secrets = (...secretUses: SecretUseCount[]) => app({ secretUses });
const uses = (use: SecretUse, by: SecretUser, count: number): SecretUseCount => ({
  use,
  by,
  count,
  key: 'demo:eve',
  name: 'Eve',
  lastAt: NOW - 7,
});
const answered = (...pairs: [string, number][]) => new Map(pairs);

const codes = (subject: SystemSubject) => findSystemIssues(subject).map(({ code }) => code);

describe('service issues', () => {
  test.each<[string, SystemSubject, string[]]>([
    ['nothing', WELL, []],
    ['no operator is set', app({ hasOperator: false }), ['operator-missing']],
    ['the jobs are paused', app({ pause: PAUSE }), ['jobs-paused']],
    [
      'the old-style host does not take the token',
      failing(failed('dingtalk-refused.token', MEMBER)),
      ['old-api-wrong-host'],
    ],
    [
      'the old-style host answers with a page',
      failing(failed('dingtalk-confused.not-json', MEMBER, 100 * 60 * MINUTE)),
      ['old-api-wrong-host'],
    ],
    [
      'the old-style host has answered since',
      app({
        failures: [failed('dingtalk-confused.not-json', MEMBER, MINUTE)],
        answered: answered(['POST /topapi/v2/user/get', NOW]),
      }),
      [],
    ],
    ['the operator may not', failing(failed('dingtalk-refused.operator')), ['operator-refused']],
    ['the operator has left', failing(failed('dingtalk-refused.operator-left', ROOMS)), ['operator-left']],
    ['a permission is missing', failing(failed('dingtalk-refused.scope')), ['scope-missing']],
    [
      'the address book is closed',
      failing(failed('dingtalk-refused.scope', MEMBER)),
      ['member-scope-missing'],
    ],
    ['the app is refused', failing(failed('dingtalk-refused.credentials', TOKEN)), ['credentials-refused']],
    [
      'the organisation is unknown',
      failing(failed('dingtalk-refused.organisation', TOKEN)),
      ['organisation-unknown'],
    ],
    ['the address is not listed', failing(failed('dingtalk-refused.ip-list')), ['ip-not-allowed']],
    ['the token is refused', failing(failed('dingtalk-refused.token')), ['token-refused']],
    ['an unknown refusal', failing(failed('dingtalk-refused.unrecognised')), ['refusal-unrecognised']],
    ['DingTalk’s quota is gone', failing(failed('dingtalk-budget-spent.organisation-quota')), ['quota-gone']],
    ['the budget is spent', app({ budget: { ...WELL.budget, spent: 2_500 } }), ['budget-spent']],
    ['the reserve is reached', app({ budget: { ...WELL.budget, spent: 1_875 } }), ['budget-reserve']],
    ['throttled', failing(failed('dingtalk-throttled.minute')), ['throttled']],
    ['banned', failing(failed('dingtalk-throttled.banned')), ['address-banned']],
    ['no connection', failing(failed('dingtalk-unreachable.no-connection')), ['upstream-unreachable']],
    ['no answer', failing(failed('dingtalk-unreachable.no-answer', TOKEN)), ['upstream-unreachable']],
    ['no old-style host', failing(failed('dingtalk-unreachable.no-answer', MEMBER)), ['old-api-unreachable']],
    ['a fault', failing(failed('dingtalk-unreachable.fault')), ['upstream-fault']],
    ['an odd answer', failing(failed('dingtalk-confused.shape')), ['upstream-confused']],
    ['a clock an hour ahead', app({ clock: { aheadMs: 3_600_000, at: NOW } }), ['clock-off']],
    ['a log that is not sent elsewhere', app({ exportLag: LAG }), ['audit-export-behind']],
    ['a log that was cut', app({ auditGap: GAP }), ['audit-cut']],
    ['a clock an hour behind', app({ clock: { aheadMs: -3_600_000, at: NOW } }), ['clock-off']],
    [
      'a stream that is out',
      events({ stream: { state: 'waiting', since: NOW - MINUTE, problem: 'dingtalk-refused.credentials' } }),
      ['stream-not-open'],
    ],
    ['a stream that no instance holds', events({ stream: null, isHeld: false }), ['stream-not-open']],
    [
      'pushes that are used up',
      {
        ...events({ trust: { agreed: 2, missed: 3 } }),
        pushes: { used: 3_000, limit: 3_000, pace: 'spent' },
      },
      ['pushes-spent'],
    ],
    [
      'pushes that run short, also without events',
      { ...events({ transport: 'off' }), pushes: { used: 2_500, limit: 3_000, pace: 'digest' } },
      ['pushes-short'],
    ],
    ['events that miss changes', events({ trust: { agreed: 2, missed: 3 } }), ['events-silent']],
    ['a person beyond the search limit', secrets(uses('search', 'person', 11)), ['secret-limit-exceeded']],
    ['an address beyond the reveal limit', secrets(uses('reveal', 'address', 61)), ['secret-limit-exceeded']],
  ])('%s', (_what, subject, expected) => {
    expect(codes(subject)).toEqual(expected);
  });
});

describe('no service issue', () => {
  const later = (api: string, at = NOW) => answered([api, at]);
  test.each<[string, SystemSubject]>([
    ['a device that is gone', failing(failed('device-not-found.device'))],
    [
      'an operator refused before a device was answered',
      {
        ...failing(failed('dingtalk-refused.operator', DEVICE, 2)),
        answered: later(DEVICE),
      },
    ],
    [
      'rooms refused before a device was answered',
      {
        ...failing(failed('dingtalk-refused.operator-left', ROOMS, 2)),
        answered: later(DEVICE),
      },
    ],
    [
      'a permission that was added since',
      {
        ...failing(failed('dingtalk-refused.scope', DEVICE, 2)),
        answered: later(ROOMS),
      },
    ],
    [
      'credentials that were corrected since',
      {
        ...failing(failed('dingtalk-refused.credentials', TOKEN, 2)),
        answered: later(TOKEN),
      },
    ],
    [
      'a quota of last month',
      {
        ...failing(failed('dingtalk-budget-spent.organisation-quota', DEVICE, 25 * 24 * 60 * MINUTE)),
        answered: answered(),
      },
    ],
    [
      'a quota that was raised since',
      {
        ...failing(failed('dingtalk-budget-spent.organisation-quota', DEVICE, 2)),
        answered: later(ROOMS),
      },
    ],
    ['one call before the reserve', app({ budget: { ...WELL.budget, spent: 1_874 } })],
    ['a throttle ten minutes ago', failing(failed('dingtalk-throttled.rate', DEVICE, 10 * MINUTE))],
    ['a ban that is over', failing(failed('dingtalk-throttled.banned', DEVICE, 5 * MINUTE))],
    ['a break an hour ago', failing(failed('dingtalk-unreachable.no-answer', ROOMS, 60 * MINUTE))],
    ['our own budget, said of one call', failing(failed('dingtalk-budget-spent.own-limit'))],
    ['a clock half a minute off', app({ clock: { aheadMs: 30_000, at: NOW } })],
    ['an unknown clock', app({ clock: null })],
    [
      'a stream that has just gone',
      events({ stream: { state: 'waiting', since: NOW - MINUTE + 1, problem: null } }),
    ],
    ['a stream that another instance holds', events({ stream: null })],
    ['a stream without a job instance', events({ stream: null, isHeld: false, isJobInstance: false })],
    ['events that are off', events({ transport: 'off', stream: null, isHeld: false })],
    ['a callback, which no instance holds', events({ transport: 'callback', stream: null, isHeld: false })],
    ['two checks with changes that events missed', events({ trust: { agreed: 0, missed: 2 } })],
    ['as many checks that agreed', events({ trust: { agreed: 3, missed: 3 } })],
    ['as many secrets as are allowed', secrets(uses('search', 'person', 10), uses('reveal', 'person', 20))],
    ['pushes that last', app({ pushes: { used: 2_000, limit: 3_000, pace: 'each' } })],
  ])('%s', (_what, subject) => {
    expect(codes(subject)).toEqual([]);
  });

  test('a token does not restore a quota, nor a room list an operator', () => {
    const quota = failing(failed('dingtalk-budget-spent.organisation-quota', DEVICE, 2));
    expect(codes({ ...quota, answered: later(TOKEN) })).toEqual(['quota-gone']);
    const operator = failing(failed('dingtalk-refused.operator', DEVICE, 2));
    expect(codes({ ...operator, answered: later(ROOMS) })).toEqual(['operator-refused']);
  });
});

test('the issue that explains others comes first, and each appears once', () => {
  const subject = {
    ...failing(
      failed('dingtalk-throttled.rate', ROOMS, 1),
      failed('dingtalk-refused.operator', DEVICE, 2),
      failed('dingtalk-refused.operator', ROOMS, 3),
      failed('dingtalk-refused.credentials', TOKEN, 4),
    ),
    answered: answered(),
    budget: { ...WELL.budget, spent: 2_500 },
  };
  expect(codes(subject)).toEqual(['credentials-refused', 'operator-refused', 'budget-spent', 'throttled']);
});

test('each has the call, the time and DingTalk’s message as evidence', () => {
  const [systemIssue] = findSystemIssues(failing(failed('dingtalk-refused.operator')));
  expect(systemIssue?.evidence).toEqual([
    {
      what: 'call-failed',
      value: DEVICE,
      at: NOW,
      source: 'ledger',
      said: { status: 403, code: 'x', requestId: 'r' },
    },
    { what: 'call-answered', value: DEVICE, at: NOW - MINUTE, source: 'ledger', said: null },
  ]);
});

test('a person who exceeded a limit of secrets is named with the number', () => {
  const address = { ...uses('reveal', 'address', 61), key: '192.0.2.7', name: '192.0.2.7' };
  const [systemIssue] = findSystemIssues(secrets(uses('search', 'person', 37), address));
  expect(systemIssue?.evidence.map(({ what, value, at }) => [what, value, at])).toEqual([
    ['secret-searches', 'Eve (demo:eve): 37 / 10', NOW - 7],
    ['secret-reveals', '192.0.2.7: 61 / 60', NOW - 7],
  ]);
});

test('every code has a severity', () => {
  for (const code of Object.keys(SYSTEM_ISSUES)) {
    expect(['critical', 'warning', 'info']).toContain(systemSeverityOf(code as keyof typeof SYSTEM_ISSUES));
  }
});

test('the old-style host is named with its setting', () => {
  const [systemIssue] = findSystemIssues(failing(failed('dingtalk-confused.redirected', MEMBER)));
  expect(systemIssue?.evidence).toContainEqual({
    what: 'old-api-setting',
    value: 'DINGTALK_OAPI_ORIGIN: https://oapi.test',
    at: NOW,
    source: 'settings',
    said: null,
  });
});
