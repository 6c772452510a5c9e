import type { RouteContract } from '#lib/api/contract.ts';
import { nothing } from '#lib/api/values.ts';
import {
  alertsAnswer,
  channelTest,
  createdRule,
  createdSilence,
  deliveriesAnswer,
  keptChannel,
} from './alert-answers.ts';
import {
  channelName,
  channelToChange,
  channelToMake,
  deliveriesPage,
  deliveryName,
  newSilence,
  ruleName,
  ruleToChange,
  ruleToMake,
  silenceName,
} from './alert-requests.ts';

export const alertRoutes = {
  'GET /api/v1/alerts': {
    summary: 'Returns notification channels, alert rules, silences and active alerts.',
    input: nothing,
    answer: alertsAnswer,
  },
  'POST /api/v1/alerts/channels': {
    summary: 'Creates a notification channel.',
    input: channelToMake,
    status: 201,
    answer: keptChannel,
  },
  'PUT /api/v1/alerts/channels/[channelId]': {
    summary: 'Changes a notification channel. Its kind stays; missing members keep their values.',
    input: channelToChange,
    answer: keptChannel,
  },
  'DELETE /api/v1/alerts/channels/[channelId]': {
    summary: 'Removes a notification channel.',
    input: channelName,
    status: 204,
  },
  'POST /api/v1/alerts/channels/[channelId]/test': {
    summary: 'Sends a test message to a channel.',
    input: channelName,
    answer: channelTest,
  },
  'POST /api/v1/alerts/rules': {
    summary: 'Creates an alert rule.',
    input: ruleToMake,
    status: 201,
    answer: createdRule,
  },
  'PUT /api/v1/alerts/rules/[ruleId]': {
    summary: 'Changes an alert rule.',
    input: ruleToChange,
    status: 204,
  },
  'DELETE /api/v1/alerts/rules/[ruleId]': {
    summary: 'Removes an alert rule.',
    input: ruleName,
    status: 204,
  },
  'POST /api/v1/alerts/silences': {
    summary: 'Creates a silence or a maintenance window of at most 400 days.',
    input: newSilence,
    status: 201,
    answer: createdSilence,
  },
  'DELETE /api/v1/alerts/silences/[silenceId]': {
    summary: 'Ends a silence or a maintenance window.',
    input: silenceName,
    status: 204,
  },
  'GET /api/v1/alerts/notifications': {
    summary: 'Returns a page of the notification history.',
    input: deliveriesPage,
    answer: deliveriesAnswer,
  },
  'POST /api/v1/alerts/notifications/[deliveryId]/again': {
    summary: 'Sends a notification again.',
    input: deliveryName,
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;
