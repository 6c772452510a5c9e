import { connect, type Socket } from 'node:net';
import { expect, test } from '../support/app.ts';
import { FAST_CLOCK, openInstance, openSimulator } from '../support/app-process.ts';
import { cookieOf } from '../support/event-stream.ts';
import { requestsAs } from '../support/request-as.ts';
import { problemTexts } from '../support/texts.ts';

// A slow request is cut off after 10 or 20 seconds of the server's clock.
test.use({ appOptions: { env: FAST_CLOCK } });

/** The server's output on one connection until it closes, and the duration in milliseconds. */
async function lineTo(url: string, onConnect: (line: Socket) => void): Promise<{ said: string; ms: number }> {
  const { port } = new URL(url);
  const line = connect(Number(port), '127.0.0.1');
  const from = performance.now();
  let said = '';
  line.on('data', (data) => {
    said += data;
  });
  line.on('error', () => undefined);
  await new Promise((resolve) => line.once('connect', resolve));
  onConnect(line);
  await new Promise((resolve) => line.once('close', resolve));
  return { said, ms: performance.now() - from };
}

test('answers a request to upgrade the connection like any other request', async ({ app }) => {
  const { host } = new URL(app.url);
  const upgrade = 'Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n';
  const first = async (target: string, by = host) => {
    const { said } = await lineTo(app.url, (line) => {
      line.write(`GET ${target} HTTP/1.1\r\nHost: ${by}\r\n${upgrade}`);
    });
    return said.split('\r\n', 1)[0];
  };
  // Next would handle upgrades from its first request on.
  expect(await first('/api/health/live')).toBe('HTTP/1.1 200 OK');
  expect(await first('/api/health/live')).toBe('HTTP/1.1 200 OK');
  for (const target of ['/api/health/../../nothing/x', '//evil.test/x', 'http://evil.test/sign-in']) {
    expect(await first(target), target).toBe('HTTP/1.1 400 Bad Request');
  }
  expect(await first('/nothing', 'evil.test')).toBe('HTTP/1.1 400 Bad Request');
  expect(await first('/nothing')).toMatch(/^HTTP\/1\.1 (307|404) /);
});

test('a page runs only scripts of Rooms Desk, and no site may frame it', async ({ page, enter }) => {
  await enter('support');
  const [first, second] = [await page.goto('/devices'), await page.goto('/devices')];
  const policies = [first, second].map((answer) => answer?.headers()['content-security-policy'] ?? '');
  for (const policy of policies) {
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? '';
    expect(scripts).toMatch(/^'self' 'nonce-[A-Za-z0-9+/=]{24}'$/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
  }
  expect(policies[0], 'a new nonce each time').not.toBe(policies[1]);
  const inline = await page.locator('script:not([src])').evaluateAll((all) => all.map((each) => each.nonce));
  expect(inline.length).toBeGreaterThan(0);
  expect(inline.every((nonce) => nonce !== '')).toBe(true);
});

test('a script that was injected into a page does not run', async ({ page, enter, context }) => {
  context.removeAllListeners('console');
  await enter('support');
  await page.goto('/devices');
  const ran = await page.evaluate(async () => {
    const broken: string[] = [];
    const refusedBoth = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        if (broken.push(event.effectiveDirective) === 2) resolve();
      });
    });
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.body.append(script);
    const frame = document.createElement('div');
    frame.innerHTML = '<img src="/none" onerror="window.intruder = true">';
    document.body.append(frame);
    await refusedBoth;
    return { intruder: 'intruder' in window, broken };
  });
  expect(ran.intruder).toBe(false);
  expect(ran.broken).toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr']));
});

for (const [name, value] of [
  ['Host', 'evil.example'],
  ['Host', 'localhost'],
  ['Host', ''],
] as const) {
  test(`answers a request for the host ${value === '' ? '(none)' : value} with the configured address only`, async ({
    app,
  }) => {
    for (const path of ['/', '/devices/1234', '/api/v1/devices', '/api/auth/csrf', '/sign-in']) {
      const { said } = await lineTo(app.url, (line) =>
        line.write(`GET ${path} HTTP/1.1\r\n${name}: ${value}\r\nAccept-Language: zh\r\n\r\n`),
      );
      expect(said, path).toMatch(/^HTTP\/1\.1 400 /);
      expect(said).toContain(app.url);
      if (value !== '') expect(said.replaceAll(app.url, '')).not.toContain(value);
      expect(said).not.toMatch(/set-cookie|location:/i);
    }
  });
}

test('ignores forwarded host and protocol headers from clients that are no proxy', async ({
  app,
  request,
}) => {
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
  };
  const page = await request.get('/devices', { headers, maxRedirects: 0 });
  expect(page.status()).toBe(307);
  expect(new URL(page.headers().location ?? '', app.url).host).toBe(new URL(app.url).host);
  const { csrfToken } = (await (await request.get('/api/auth/csrf', { headers })).json()) as {
    csrfToken: string;
  };
  const form = { csrfToken, callbackUrl: 'https://evil.example/' };
  const leads = await request.post('/api/auth/signin/dingtalk', { form, headers, maxRedirects: 0 });
  expect(leads.headers().location).toContain(encodeURIComponent(app.url));
  expect(leads.headers().location).not.toContain('evil.example');
});

test('pages accept no request body, and no image is converted', async ({ request }) => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
    const answer = await request.fetch('/devices', { method, headers: { 'next-action': 'x' }, data: '[]' });
    expect(answer.status(), method).toBe(400);
  }
  expect((await request.get('/_next/image?url=%2Ficon.svg&w=64&q=75')).status()).toBe(404);
});

for (const target of [
  '/api/health/../v1/devices',
  '/api/health/%2e%2e/v1/devices',
  '/api/health/%252e%252e/v1/devices',
  '/api/../sign-in',
  '//evil.example/sign-in',
  '/\\evil.example/sign-in',
  'http://evil.example/sign-in',
  '/api%2Fv1%2Fdevices',
  '/%61pi/v1/devices',
  '*',
]) {
  test(`refuses the request target ${target}`, async ({ app }) => {
    const { host } = new URL(app.url);
    for (const name of [host, 'evil.example']) {
      const { said } = await lineTo(app.url, (line) =>
        line.write(`GET ${target} HTTP/1.1\r\nHost: ${name}\r\n\r\n`),
      );
      expect(said).toMatch(/^HTTP\/1\.1 400 /);
      expect(said).toContain(problemTexts('invalid-question.address').title);
      expect(said).not.toMatch(/set-cookie|location:|evil/i);
    }
  });
}

test('reads a chunked body like any other', async ({ app, api }) => {
  const { host } = new URL(app.url);
  const cookie = await cookieOf(await api('support'));
  const json = '{"q":"1234"}';
  const { said } = await lineTo(app.url, (line) =>
    line.write(
      [
        ...['POST /api/v1/search HTTP/1.1', `Host: ${host}`, `Cookie: ${cookie}`, `Origin: ${app.url}`],
        ...['Content-Type: application/json', 'Transfer-Encoding: chunked', 'Connection: close', ''],
        ...[json.length.toString(16), json, '0', '', ''],
      ].join('\r\n'),
    ),
  );
  expect(said).toMatch(/^HTTP\/1\.1 200 /);
  expect(said).toContain('"matches"');
});

test('refuses a long body before reading it, also for sign-in', async ({ app }) => {
  const host = new URL(app.url).host;
  const chunk = `40000\r\n${'x'.repeat(0x40000)}\r\n1\r\nx\r\n`;
  for (const [path, header, body = ''] of [
    ['/api/v1/search', 'Content-Length: 300000'],
    ['/api/auth/callback/demo', 'Content-Length: 300000'],
    ['/api/v1/search', 'Transfer-Encoding: chunked', chunk],
    ['/api/auth/callback/demo', 'Transfer-Encoding: chunked', chunk],
  ]) {
    const { said, ms } = await lineTo(app.url, (line) =>
      line.write(`POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${header}\r\n\r\n${body}`),
    );
    expect(said, `${path} ${header}`).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain(problemTexts('invalid-question.body').title);
    expect(ms).toBeLessThan(5_000);
  }
});

test('cuts off a client that sends a request slowly, and answers others meanwhile', async ({
  app,
  request,
}) => {
  test.setTimeout(60_000);
  const host = new URL(app.url).host;
  const dribble = (start: string) =>
    lineTo(app.url, (line) => {
      line.write(start);
      const more = setInterval(() => line.write('x'), 500);
      line.once('close', () => clearInterval(more));
    });
  const slow = [
    ...Array.from({ length: 50 }, () => dribble(`GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `)),
    ...Array.from({ length: 50 }, () =>
      dribble(`POST /api/v1/search HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5000\r\n\r\n`),
    ),
  ];
  expect((await request.get('/api/health/ready')).status()).toBe(200);
  for (const { ms, said } of await Promise.all(slow)) {
    expect(ms).toBeLessThan(30_000);
    expect(said).not.toMatch(/^HTTP\/1\.1 200 /);
  }
});

test('on a termination signal, finishes the current request, accepts no other and exits', async () => {
  const { simulator, close } = await openSimulator(['--rooms', '40', '--qps', '0']);
  const server = await openInstance(simulator, { env: { INSTANCE_ROLE: 'all', DINGTALK_QPS: '60' } });
  const support = await requestsAs('support', server.url);
  const devicesAsked = async () => {
    const { paths } = await simulator.control<{ paths: Record<string, { calls: number }> }>('GET', '/calls');
    return paths['GET /v1.0/rooms/devices']?.calls ?? 0;
  };
  // Discovery runs first; the query in progress must be this person's own.
  await expect.poll(devicesAsked, { timeout: 60_000 }).toBeGreaterThanOrEqual(40);
  const before = await devicesAsked();
  await simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'slow', ms: 3_000 });
  const asked = support.get('/api/v1/devices/query?deviceId=1234&fresh=true');
  await expect.poll(devicesAsked).toBeGreaterThan(before);
  const ended = server.kill('SIGTERM');
  await expect
    .poll(() =>
      fetch(`${server.url}/api/health/live`).then(
        () => 'taken',
        () => 'refused',
      ),
    )
    .toBe('refused');
  const answer = await asked;
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ source: 'live', device: { deviceId: '1234' } });
  await ended;
  expect(server.logs()).not.toMatch(/"level":"(error|warn)"/);
  await support.dispose();
  await close();
});
