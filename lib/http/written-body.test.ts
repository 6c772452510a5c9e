import { describe, expect, test } from 'vitest';
import { writtenBody } from './written-body.ts';

const OWN = 'https://desk.example.com';
const JSON_TYPE = { 'content-type': 'application/json' };

const sent = (headers: Record<string, string>, body: string | null = '{"q":"1234"}') =>
  new Request(`${OWN}/api/v1/search`, { method: 'POST', headers, body });

describe('the body of a write', () => {
  test.each<Record<string, string>>([
    { origin: OWN },
    { 'sec-fetch-site': 'same-origin' },
    { origin: OWN, 'sec-fetch-site': 'same-origin' },
  ])('is read from a page of Rooms Desk, which sends %j', async (said) => {
    expect(await writtenBody(sent({ ...JSON_TYPE, ...said }), OWN)).toEqual({ q: '1234' });
  });

  test.each<Record<string, string>>([
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: `${OWN}.evil.example` },
    { origin: 'http://desk.example.com' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: OWN, 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('is refused with a cookie from anywhere else, which sends %j', async (said) => {
    const refused = { reason: 'not-permitted.foreign-page' };
    await expect(writtenBody(sent({ ...JSON_TYPE, ...said }), OWN)).rejects.toMatchObject(refused);
    await expect(writtenBody(sent(said, null), OWN)).rejects.toMatchObject(refused);
  });

  test('is read with a token from anywhere', async () => {
    expect(await writtenBody(sent({ ...JSON_TYPE, origin: 'https://elsewhere.example' }), null)).toEqual({
      q: '1234',
    });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ])('is refused as %j, by cookie or by token', async (type) => {
    for (const own of [OWN, null]) {
      const asked = sent({ 'content-type': type, origin: OWN });
      await expect(writtenBody(asked, own)).rejects.toMatchObject({ reason: 'invalid-question.body' });
    }
  });

  test('may be empty, and then has no type', async () => {
    expect(await writtenBody(sent({ origin: OWN }, null), OWN)).toEqual({});
    expect(
      await writtenBody(sent({ origin: OWN, 'content-type': 'Application/JSON; charset=utf-8' }), OWN),
    ).toEqual({
      q: '1234',
    });
  });
});
