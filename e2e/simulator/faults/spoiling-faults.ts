import { gzipSync } from 'node:zlib';
import { type Answer, jsonAnswer } from '../answer.ts';
import { type FaultKind, numberArg } from './fault-kind.ts';

const MEGABYTE = 1_048_576;
const BOMB_PART = 10;

const WRONG_VALUES: Record<string, unknown> = {
  activeTime: 'yesterday',
  controllers: {},
  deviceStatus: 3,
  deviceServiceId: 'many',
  deviceName: ['a', 'list'],
  roomCapacity: 'ten',
  roomGroup: 'a word',
  roomLabels: {},
  deviceUnionIds: 'lmvUxxxxx',
  groupId: 'first',
  hasMore: 'perhaps',
  nextToken: {},
  expireIn: 'soon',
  expires_in: 'soon',
  accessToken: 7_200,
  access_token: 7_200,
  propertyValue: 1,
  unionId: 12,
  userid: {},
  errcode: 'zero',
};

/** Faults that damage a correct response. */
export const SPOILING_FAULTS: Record<string, FaultKind> = {
  truncated: {
    meaning: 'the JSON is cut in the middle, the HTTP is complete',
    counted: 'as-usual',
    spoil: (answer) => ({ ...answer, body: answer.body.subarray(0, Math.floor(answer.body.length / 2)) }),
  },
  'wrong-types': {
    meaning: 'the right fields with wrong types',
    args: { fields: { activeTime: 'yesterday', controllers: {}, deviceStatus: 3 } },
    counted: 'as-usual',
    spoil: (answer, { fields }) => {
      const wrong = typeof fields === 'object' && fields !== null ? { ...fields } : WRONG_VALUES;
      return { ...answer, body: Buffer.from(withWrongTypes(answer.body, wrong as Record<string, unknown>)) };
    },
  },
  huge: {
    meaning: 'a body of many megabytes',
    args: { megabytes: 10 },
    counted: 'as-usual',
    spoil: (answer, { megabytes }) => {
      const deviceName = 'x'.repeat(numberArg(megabytes, 10) * MEGABYTE);
      return { ...answer, body: jsonAnswer(200, { result: { deviceId: '1234', deviceName } }).body };
    },
  },
  'gzip-bomb': {
    meaning: 'a small compressed body that unpacks to a huge one',
    args: { megabytes: 200 },
    counted: 'as-usual',
    spoil: (answer, { megabytes }) => ({
      ...answer,
      headers: { ...answer.headers, 'content-encoding': 'gzip' },
      body: bomb(Math.ceil(numberArg(megabytes, 200) / BOMB_PART)),
    }),
  },
  'invalid-utf8': {
    meaning: 'bytes that are not UTF-8 in the first text of the body',
    counted: 'as-usual',
    spoil: (answer) => ({ ...answer, body: withBadBytes(answer.body) }),
  },
  'clock-skew': {
    meaning: 'the Date header is wrong',
    args: { seconds: 3_600 },
    counted: 'as-usual',
    spoil: (answer, { seconds }) => {
      const date = new Date(Date.now() + numberArg(seconds, 3_600) * 1_000).toUTCString();
      return { ...answer, headers: { ...answer.headers, date } };
    },
  },
  empty: {
    meaning: '200 without a body',
    counted: 'as-usual',
    spoil: (answer) => ({ ...answer, status: 200, body: Buffer.alloc(0) }),
  },
  without: {
    meaning: 'the answer lacks some of its outermost fields',
    args: { fields: ['result'] },
    counted: 'as-usual',
    spoil: (answer, { fields }) => withoutFields(answer, Array.isArray(fields) ? fields : ['result']),
  },
  'json-200': {
    meaning: '200 with any JSON; as a text it is sent to the letter, so that large numbers keep their digits',
    args: { body: {} },
    counted: 'as-usual',
    spoil: (_answer, { body = {} }) => {
      const answer = jsonAnswer(200, body);
      return typeof body === 'string' ? { ...answer, body: Buffer.from(body) } : answer;
    },
  },
  'null-result': {
    meaning: '200 with {"result":null}',
    counted: 'as-usual',
    spoil: () => jsonAnswer(200, { result: null }),
  },
};

function withoutFields(answer: Answer, fields: unknown[]): Answer {
  try {
    const said: unknown = JSON.parse(answer.body.toString('utf8'));
    const rest = Object.entries(Object(said)).filter(([field]) => !fields.includes(field));
    return { ...answer, body: jsonAnswer(200, Object.fromEntries(rest)).body };
  } catch {
    return answer;
  }
}

function withWrongTypes(body: Buffer, wrong: Record<string, unknown>): string {
  const text = body.toString('utf8');
  try {
    return JSON.stringify(
      JSON.parse(text, (field, value: unknown) => (Object.hasOwn(wrong, field) ? wrong[field] : value)),
    );
  } catch {
    return text;
  }
}

function withBadBytes(body: Buffer): Buffer {
  const name = Buffer.from('"deviceName":"');
  const mark = body.includes(name) ? name : Buffer.from('":"');
  const at = body.indexOf(mark) + mark.length;
  return Buffer.concat([body.subarray(0, at), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), body.subarray(at)]);
}

/** Gzip members may be concatenated, so one compressed part serves for a bomb of any size. */
function bomb(parts: number): Buffer {
  const part = gzipSync(Buffer.alloc(BOMB_PART * MEGABYTE, ' '));
  const [head, tail] = [gzipSync('{"result":{"deviceId":"1234"'), gzipSync('}}')];
  return Buffer.concat([head, ...Array.from({ length: parts }, () => part), tail]);
}
