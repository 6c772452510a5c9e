import { expect, test } from '../support/app.ts';
import { cookieOf } from '../support/event-stream.ts';
import { guardedRoutes } from '../support/routes.ts';
import { problemTexts } from '../support/texts.ts';

const { pages, apis } = guardedRoutes();

test('finds pages and API routes to check', () => {
  expect(pages.map(({ pattern }) => pattern)).toContain('/devices/[deviceId]');
  const names = apis.map(({ method, pattern }) => `${method} ${pattern}`);
  expect(names).toContain('GET /api/v1/devices/query');
  expect(names).toContain('POST /api/v1/system/discovery');
  expect(names).toContain('DELETE /api/v1/views/[viewId]');
});

for (const { method, pattern, path } of apis) {
  test(`${method} ${pattern} refuses requests without a session`, async ({ app }) => {
    await app.simulator.control('DELETE', '/calls');
    for (const search of ['', '?deviceId=1234', '?deviceUnionId=lmvUxxxxx&fresh=true', '?q=1234']) {
      const response = await ask(app.url, { method, path: path.split('?')[0] + search });
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(await response.json()).toMatchObject({
        code: 'signed-out',
        ...problemTexts('signed-out.signed-out'),
      });
    }
    expect(await app.calls()).toBe(0);
  });
}

for (const { method, pattern, path, writes, allowed } of apis) {
  test(`${method} ${pattern} is for ${allowed.join(', ')}`, async ({ app, api }) => {
    for (const account of ['viewer', 'support', 'admin'] as const) {
      const cookie = await cookieOf(await api(account));
      const { status, reason } = await refusalOf(ask(app.url, { method, path, cookie, origin: app.url }));
      expect(status, account).not.toBe(401);
      if (allowed.includes(account)) expect(reason, account).not.toBe('not-permitted.role');
      else expect({ status, reason }, account).toEqual({ status: 403, reason: 'not-permitted.role' });
    }
  });

  if (writes) {
    test(`${method} ${pattern} refuses requests from another site’s page`, async ({ app, api }) => {
      const cookie = await cookieOf(await api('admin'));
      for (const origin of ['https://desk.example.com', `${app.url}.example.com`, 'null']) {
        const asked = ask(app.url, { method, path, cookie, origin });
        expect(await refusalOf(asked), origin).toEqual({ status: 403, reason: 'not-permitted.foreign-page' });
      }
      const unsaid = ask(app.url, { method, path, cookie });
      expect(await refusalOf(unsaid)).toEqual({ status: 403, reason: 'not-permitted.foreign-page' });
      const own = await refusalOf(ask(app.url, { method, path, cookie, origin: app.url }));
      expect(own.reason).not.toBe('not-permitted.foreign-page');
    });
  }
}

type Asked = { method: string; path: string; cookie?: string; origin?: string };

/** With fetch, whose response is available before an event stream ends. */
function ask(url: string, { method, path, cookie, origin }: Asked): Promise<Response> {
  const headers = { ...(cookie && { cookie }), ...(origin && { origin }) };
  return fetch(url + path, { method, headers, redirect: 'manual' });
}

async function refusalOf(asked: Promise<Response>): Promise<{ status: number; reason: string | null }> {
  const response = await asked;
  const { status } = response;
  const isProblem = response.headers.get('content-type')?.includes('problem+json') ?? false;
  const reason = isProblem ? ((await response.json()) as { reason: string }).reason : null;
  if (!isProblem) await response.body?.cancel();
  return { status, reason };
}

for (const { pattern, path } of pages) {
  test(`${pattern} redirects to sign-in without a session and reveals nothing`, async ({
    request,
    app,
    api,
  }) => {
    await (await api('support')).get('/api/v1/devices/query?deviceId=1234');
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status()).toBe(307);
    const target = new URL(response.headers().location ?? '', app.url);
    expect(target.origin + target.pathname).toBe(`${app.url}/sign-in`);
    expect(target.searchParams.get('callbackUrl')).toBe(path);
    // The payload for the browser's router contains no more than the page.
    const payload = await (await request.get(path, { headers: { RSC: '1' } })).text();
    expect(payload).toContain('sign-in');
    for (const text of [await response.text(), payload]) {
      expect(text).not.toContain('DingTalk Meeting Device_xxxx');
    }
  });
}

test('the health routes answer everybody with nothing but the status', async ({ request }) => {
  expect(await (await request.get('/api/health/live')).json()).toEqual({ status: 'live' });
  expect(await (await request.get('/api/health/ready')).json()).toEqual({ status: 'ready' });
});
