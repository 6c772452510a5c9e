import { type Answer, jsonAnswer } from '../answer.ts';
import { apiError, missingBody, oldAnswer } from '../api-error.ts';
import { APP, type DingTalk } from '../dingtalk.ts';
import { flatForm } from '../events/event.ts';
import type { Api } from './api.ts';
import { jsonBody, type Question } from './question.ts';

export const EVENT_APIS: readonly Api[] = [
  {
    method: 'POST',
    path: '/v1.0/gateway/connections/open',
    family: 'new',
    token: 'none',
    metered: false,
    answer: openConnection,
  },
  {
    method: 'GET',
    path: '/call_back/get_call_back_failed_result',
    family: 'old',
    token: 'app',
    metered: false,
    answer: failedResult,
  },
];

type Subscription = { type?: unknown; topic?: unknown } | null;

function openConnection(question: Question, { events: { stream } }: DingTalk): Answer {
  const body = jsonBody(question);
  if (!body) return missingBody();
  if (body.clientId !== APP.clientId || body.clientSecret !== APP.clientSecret) {
    return apiError(401, 'authFailed', '鉴权失败');
  }
  const { subscriptions } = body;
  if (!Array.isArray(subscriptions) || subscriptions.length === 0) return wrong('subscriptions');
  const events = (subscriptions as Subscription[]).filter((one) => one?.type === 'EVENT');
  if (events.some((one) => one?.topic !== '*')) return wrong('topic');
  const answer = { endpoint: stream.endpoint, ticket: stream.tickets.issue(events.length > 0) };
  return question.headers.accept?.includes('application/json') ? jsonAnswer(200, answer) : asXml(answer);
}

const wrong = (name: string): Answer => apiError(400, `invalidParameter.${name}`, `参数${name}不合法`);

/** Clients that do not request JSON receive XML. */
const asXml = ({ endpoint, ticket }: { endpoint: string; ticket: string }): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml;charset=utf-8' },
  body: Buffer.from(
    `<OpenConnectionResponse><endpoint>${endpoint}</endpoint><ticket>${ticket}</ticket></OpenConnectionResponse>`,
  ),
});

function failedResult(_question: Question, { events: { callback } }: DingTalk): Answer {
  const { events, hasMore } = callback.takeFailed();
  return oldAnswer(0, 'ok', {
    has_more: hasMore,
    failed_list: events.map((event) => ({
      [event.eventType]: { callbackData: flatForm(event), corpid: event.corpId },
      call_back_tag: event.eventType,
      event_time: event.bornAt,
    })),
  });
}
