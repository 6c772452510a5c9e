import { expect, test } from './desk.ts';
import { guardedRoutes } from './routes.ts';
import { told } from './words.ts';

const { pages, apis } = guardedRoutes();

test('there are pages and API routes to guard', () => {
  expect(pages.map(({ pattern }) => pattern)).toContain('/devices/[deviceId]');
  expect(apis.map(({ pattern }) => pattern)).toContain('/api/v1/devices/query');
});

for (const { pattern, path } of apis) {
  test(`${pattern} answers nobody without a session`, async ({ request, desk }) => {
    await desk.simulator.control('DELETE', '/calls');
    for (const search of ['', '?deviceId=1234', '?deviceUnionId=lmvUxxxxx&fresh=true']) {
      const response = await request.get(path + search);
      expect(response.status()).toBe(401);
      expect(response.headers()['content-type']).toContain('application/problem+json');
      expect(await response.json()).toMatchObject({ code: 'signed-out', ...told('signed-out.signed-out') });
    }
    expect(await desk.calls()).toBe(0);
  });
}

for (const { pattern, path } of pages) {
  test(`${pattern} sends whoever has no session to sign in, and tells them nothing`, async ({
    request,
    desk,
    api,
  }) => {
    await (await api('support')).get('/api/v1/devices/query?deviceId=1234');
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status()).toBe(307);
    const target = new URL(response.headers().location ?? '', desk.url);
    expect(target.origin + target.pathname).toBe(`${desk.url}/sign-in`);
    expect(target.searchParams.get('callbackUrl')).toBe(path);
    // The payload that the browser's own router asks for tells no more than the page.
    const payload = await (await request.get(path, { headers: { RSC: '1' } })).text();
    expect(payload).toContain('sign-in');
    for (const text of [await response.text(), payload]) {
      expect(text).not.toContain('DingTalk Meeting Device_xxxx');
    }
  });
}

test('health is told to anybody, and says no more than that', async ({ request }) => {
  expect(await (await request.get('/api/health/live')).json()).toEqual({ status: 'live' });
  expect(await (await request.get('/api/health/ready')).json()).toEqual({ status: 'ready' });
});
