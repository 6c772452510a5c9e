import type { RouteContract } from '#lib/api/contract.ts';
import { historyAnswer } from '#lib/api/history/history-answers.ts';
import { historyQuestion } from '#lib/api/history/history-request.ts';
import { fleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import { fleetPage, fleetWhole } from '#lib/api/inventory/list-requests.ts';
import { overviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import { precedingChangesAnswer, sharedAttributesAnswer } from '#lib/api/issues/issue-answers.ts';
import { issueFilter } from '#lib/api/issues/issue-request.ts';
import { checkTakenBack, checkTold } from '#lib/api/notes/check-request.ts';
import { checklist } from '#lib/api/notes/note-answers.ts';
import { nothing } from '#lib/api/values.ts';
import { compareQuestion } from './compare-request.ts';
import { comparableAnswer, comparison, deviceAnswer, rawAnswer, revealed } from './device-answers.ts';
import { deviceNamed, deviceQuestion, deviceSnapshot } from './device-request.ts';
import { revealQuestion } from './reveal-request.ts';

export const deviceRoutes = {
  'GET /api/v1/overview': {
    summary: 'Returns which devices need attention and what they have in common.',
    input: nothing,
    answer: overviewAnswer,
  },
  'GET /api/v1/devices': {
    summary: 'Returns a page of the device list.',
    input: fleetPage,
    answer: fleetAnswer,
    problems: ['too-many-questions'],
  },
  'GET /api/v1/devices.csv': {
    summary: 'Exports the device list as a CSV file.',
    input: fleetWhole,
    type: 'text/csv',
    problems: ['too-many-questions'],
  },
  'GET /api/v1/devices/query': {
    summary: 'Returns one device, from current stored data or from DingTalk.',
    input: deviceQuestion,
    answer: deviceAnswer,
    problems: [
      'not-permitted',
      'device-not-found',
      'too-many-questions',
      'dingtalk-refused',
      'dingtalk-confused',
      'dingtalk-budget-spent',
      'dingtalk-throttled',
      'dingtalk-unreachable',
    ],
  },
  'GET /api/v1/devices/[deviceId]': {
    summary: 'Returns the stored data of one device. Never calls DingTalk.',
    input: deviceSnapshot,
    answer: deviceAnswer,
    problems: ['device-not-found'],
  },
  'GET /api/v1/devices/[deviceId]/history': {
    summary: 'Returns status, changes and device alarms of one device over time, at most 400 days.',
    input: historyQuestion,
    answer: historyAnswer,
    problems: ['device-not-found'],
  },
  'GET /api/v1/devices/[deviceId]/preceding-changes': {
    summary: 'Returns the changes in the 24 hours before the most severe issue of a device.',
    input: deviceNamed,
    answer: precedingChangesAnswer,
    problems: ['device-not-found'],
  },
  'GET /api/v1/devices/[deviceId]/comparable': {
    summary: 'Returns a similar healthy device of the same model.',
    input: deviceNamed,
    answer: comparableAnswer,
  },
  'POST /api/v1/devices/[deviceId]/checklist': {
    summary: 'Adds an answer to the on-site checklist of a device.',
    input: checkTold,
    status: 201,
    answer: checklist,
    problems: ['device-not-found'],
  },
  'DELETE /api/v1/devices/[deviceId]/checklist': {
    summary: 'Removes the caller’s newest answer to a question of the checklist.',
    input: checkTakenBack,
    answer: checklist,
    problems: ['device-not-found'],
  },
  'GET /api/v1/devices/raw': {
    summary: 'Returns DingTalk’s last response about a device, with secrets masked.',
    input: deviceQuestion,
    answer: rawAnswer,
    problems: ['device-not-found'],
  },
  'GET /api/v1/devices/compare': {
    summary: 'Compares two devices field by field.',
    input: compareQuestion,
    answer: comparison,
    problems: ['device-not-found'],
  },
  'GET /api/v1/devices/common': {
    summary: 'Returns what the devices with an issue have in common.',
    input: issueFilter,
    answer: sharedAttributesAnswer,
  },
  'POST /api/v1/devices/reveal': {
    summary: 'Returns one cast code or SIP account. The audit log entry is written first.',
    input: revealQuestion,
    answer: revealed,
    problems: ['device-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
