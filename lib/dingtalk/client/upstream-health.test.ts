import { describe, expect, test } from 'vitest';
import { outcomeOf } from './upstream-health.ts';

const AT = Date.parse('2026-11-24T10:00:00.000Z');
const attempt = {
  api: 'GET /v1.0/rooms/devices',
  at: AT,
  ms: 200,
  said: { status: 403, code: 'no.permission', requestId: 'r' },
  reason: 'dingtalk-refused.operator',
} as const;

const summaryOf = (body: object | string, dateMs: number | null = null) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return outcomeOf(attempt, { status: 403, requestId: null, body: { text }, dateMs }, AT + 200);
};

describe('the summary of an attempt', () => {
  test.each([
    [{ message: '没有权限' }, '没有权限'],
    [{ errcode: 88, sub_msg: '不合法的access_token', errmsg: 'ding talk error' }, '不合法的access_token'],
    [{ errmsg: 'invalid userid' }, 'invalid userid'],
    [{ message: 'token 3f2a9c0b7d1e4f5a8b6c is bad' }, 'token ••• is bad'],
    [{ message: 'secret eyJhbGciOi-JIUzI1NiIs_InR5 went astray' }, 'secret ••• went astray'],
    [
      { message: '访问ip不在白名单之中,request ip=203.0.113.9' },
      '访问ip不在白名单之中,request ip=203.0.113.9',
    ],
    [{ message: 'two\r\nlines\u0000' }, 'two lines '],
    [{ message: 'x'.repeat(1_000) }, 'x'.repeat(200)],
    [{ message: 7 }, null],
    ['<html>', null],
  ])('with %o has the message %s', (body, message) => {
    expect(summaryOf(body).message).toBe(message);
  });

  test('of a successful answer has no message, whatever the answer contains', () => {
    const answer = { status: 200, requestId: null, body: { text: '{"message":"hello"}' } };
    expect(outcomeOf({ ...attempt, reason: null }, answer, AT).message).toBeNull();
  });

  test('reads the other clock from the middle of the exchange, half a second into its second', () => {
    expect(summaryOf({}, AT + 3_600_000).aheadMs).toBe(3_600_400);
    expect(summaryOf({}, AT).aheadMs).toBe(400);
    expect(summaryOf({}).aheadMs).toBeNull();
    expect(outcomeOf(attempt, null, AT).aheadMs).toBeNull();
  });
});
