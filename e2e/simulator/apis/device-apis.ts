import { type Answer, jsonAnswer } from '../answer.ts';
import { apiError, missingBody } from '../api-error.ts';
import type { DingTalk } from '../dingtalk.ts';
import { personByUnionId } from '../people/people.ts';
import type { DeviceRecord } from '../world/device-record.ts';
import type { Api } from './api.ts';
import { DEVICE_PROPERTIES } from './device-properties.ts';
import { jsonBody, type Question } from './question.ts';

const guarded = { family: 'new', token: 'app', metered: true } as const;

export const DEVICE_APIS: readonly Api[] = [
  { ...guarded, method: 'GET', path: '/v1.0/rooms/devices', answer: queryDevice },
  { ...guarded, method: 'POST', path: '/v1.0/rooms/devices/properties/query', answer: queryProperties },
];

const MOST_PROPERTIES = 10;

export const paramError = (): Answer => apiError(400, 'param.error', 'param error');

function queryDevice(question: Question, dingtalk: DingTalk): Answer {
  const found = findDevice(question, dingtalk);
  return 'refusal' in found ? found.refusal : jsonAnswer(200, { result: found.device });
}

function queryProperties(question: Question, dingtalk: DingTalk): Answer {
  const body = jsonBody(question);
  if (!body) return missingBody();
  const names = body.propertyNames ?? Object.keys(DEVICE_PROPERTIES);
  if (!Array.isArray(names) || names.length > MOST_PROPERTIES) return paramError();
  const found = findDevice(question, dingtalk);
  if ('refusal' in found) return found.refusal;
  const result = names.flatMap((propertyName: unknown) => {
    const field = typeof propertyName === 'string' ? DEVICE_PROPERTIES[propertyName] : undefined;
    return field ? [{ propertyName, propertyValue: String(found.device[field] ?? '') }] : [];
  });
  return jsonAnswer(200, { result });
}

/** With both IDs the device ID is used; DingTalk's documents do not specify it. */
function findDevice(
  { query }: Question,
  { world }: DingTalk,
): { device: DeviceRecord } | { refusal: Answer } {
  const operator = personByUnionId(query.get('operatorUnionId') ?? '');
  const deviceId = query.get('deviceId');
  const deviceUnionId = query.get('deviceUnionId');
  if (!operator || (!deviceId && !deviceUnionId)) return { refusal: paramError() };
  if (!operator.mayQuery) return { refusal: apiError(403, 'no.permission', 'no permission') };
  const device = deviceId ? world.byDeviceId(deviceId) : world.byUnionId(deviceUnionId ?? '');
  return device ? { device } : { refusal: apiError(400, 'device.not.found', 'device not found') };
}
