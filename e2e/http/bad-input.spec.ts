import { expect, test } from '../support/app.ts';
import { en, problemTexts } from '../support/texts.ts';

const QUERY = '/api/v1/devices/query';
const long = 'a'.repeat(10_000);

const QUESTIONS: [what: string, query: string, reason: string][] = [
  ['no id', '', 'no-id'],
  ['no id but fresh', 'fresh=true', 'no-id'],
  ['an empty id', 'deviceId=', 'no-id'],
  ['both ids', 'deviceId=1234&deviceUnionId=lmvUxxxxx', 'two-ids'],
  ['10,000 characters', `deviceId=${long}`, 'id-length'],
  ['10,000 characters as a union id', `deviceUnionId=${long}`, 'id-length'],
  ['a control character', 'deviceId=12%0034', 'id-characters'],
  ['a line break', 'deviceId=1234%0d%0aX-Evil:%201', 'id-characters'],
  ['a delete character', 'deviceUnionId=lmv%7f', 'id-characters'],
  ['a path trick', 'deviceId=..%2f..%2foauth2', 'id-characters'],
  ['dots', 'deviceId=..', 'id-characters'],
  ['another parameter smuggled in', 'deviceId=1234%26operatorUnionId%3dsomebody', 'id-characters'],
  ['a space', 'deviceId=12%2034', 'id-characters'],
  ['a lone surrogate', 'deviceId=%ED%A0%80', 'id-characters'],
  ['an emoji', 'deviceId=%F0%9F%92%A9', 'id-characters'],
  ['a repeated id', 'deviceId=1234&deviceId=2345', 'parameter'],
  ['a repeated fresh', 'deviceId=1234&fresh=true&fresh=false', 'parameter'],
  ['fresh=maybe', 'deviceId=1234&fresh=maybe', 'parameter'],
  ['fresh=', 'deviceId=1234&fresh=', 'parameter'],
];

test.beforeEach(({ app }) => app.simulator.control('DELETE', '/calls'));

for (const [what, query, reason] of QUESTIONS) {
  test(`refuses ${what} with a message and makes no call`, async ({ api, app }) => {
    const response = await (await api('support')).get(`${QUERY}?${query}`);
    expect(response.status()).toBe(400);
    expect(response.headers()['content-type']).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      code: 'invalid-question',
      reason: `invalid-question.${reason}`,
      ...problemTexts(`invalid-question.${reason}`),
    });
    expect(await app.calls()).toBe(0);
  });
}

test('an unknown parameter changes nothing, in particular not who queries', async ({ api, app }) => {
  const deviceId = await app.unseenDevice();
  const response = await (await api('support')).get(
    `${QUERY}?deviceId=${deviceId}&operatorUnionId=simOutsiderUnionId&__proto__=x`,
  );
  expect(response.status()).toBe(200);
});

const ADDRESSES: [what: string, path: string][] = [
  ['10,000 characters', `/devices/${long}`],
  ['a control character', '/devices/12%0034'],
  ['a dot segment', '/devices/..%2f..%2fetc%2fpasswd'],
  ['a space', '/devices/12%2034'],
  ['a script', '/devices/%3Cimg%20src=x%20onerror=alert(1)%3E'],
  ['a union id that is none', '/devices/union/%0d%0a'],
];

for (const [what, path] of ADDRESSES) {
  test(`answers an address with ${what} with a message and makes no call`, async ({ page, app, enter }) => {
    await enter('support');
    const response = await page.goto(path);
    expect(response?.status() ?? 0).toBeLessThan(500);
    const titles = [en.page.badId, en.page.notFound, problemTexts('invalid-question.address').title];
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^(${titles.join('|')})$`));
    expect(await app.calls()).toBe(0);
    expect(app.logs()).not.toMatch(/unhandled|uncaught/i);
  });
}

for (const broken of ['%E0%A4%A', '%ff', 'union/%80']) {
  test(`answers an address with the broken escape ${broken} with a message`, async ({
    page,
    enter,
    api,
    app,
  }) => {
    await enter('support');
    const response = await page.goto(`/devices/${broken}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.page.notFound);
    const refused = await (await api('support')).get(`/api/v1/devices/${broken}`);
    expect(refused.status()).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'invalid-question' });
    expect(await app.calls()).toBe(0);
  });
}

test('an unknown address says so and leads back', async ({ page, enter }) => {
  await enter('support');
  const response = await page.goto('/no/such/page');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.page.notFound);
  await page.getByRole('link', { name: en.home.title }).click();
  await expect(page.getByRole('textbox', { name: en.home.label })).toBeFocused();
});

test('accepts device queries by GET only', async ({ api, app }) => {
  const request = await api('support');
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const response = await request.fetch(`${QUERY}?deviceId=1234`, { method });
    expect(response.status(), method).toBe(405);
  }
  expect(await app.calls()).toBe(0);
});
