import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { freePort } from '../../scripts/process/ports.mjs';
import { expect, test } from '../support/app.ts';
import { problemTexts } from '../support/texts.ts';

test.use({ appOptions: { env: { SECURITY_CONTACT: 'mailto:security@example.com' } } });

const SERVER = {
  AUTH_SECRET: 'a secret for tests alone, of some length',
  DINGTALK_CLIENT_ID: 'ding',
  DINGTALK_CLIENT_SECRET: 'secret',
};

/** Starts a server that must refuse to start. Returns its output and exit code. */
async function startServer(env: Record<string, string>, args: string[]) {
  const server = spawn(process.execPath, ['scripts/process/serve.mjs', ...args], {
    env: { ...process.env, ...SERVER, ...env },
  });
  const ended = new Promise<number | null>((resolve) => server.once('close', resolve));
  return { said: await text(server.stderr), code: await ended };
}

for (const [where, args] of [
  ['every address', []],
  ['0.0.0.0', ['-H', '0.0.0.0']],
  ['::', ['-H', '::']],
] as const) {
  test(`a server with demo accounts refuses to listen on ${where}`, async () => {
    const port = await freePort();
    const env = { DEMO_ACCOUNTS: 'on', APP_URL: `http://localhost:${port}`, HOSTNAME: '127.0.0.1' };
    const { said, code } = await startServer(env, ['-p', String(port), ...args]);
    expect(code).toBe(1);
    expect(said).toContain('DEMO_ACCOUNTS: ');
    expect(said).toContain(where);
  });
}

test('a server with an http address beyond loopback refuses to start unless that is accepted', async () => {
  const { said, code } = await startServer({ APP_URL: 'http://desk.example.com' }, ['-H', '127.0.0.1']);
  expect(code).toBe(1);
  expect(said).toContain('INSECURE_HTTP=allow');
});

test('refuses to sign in a demo account through a proxy', async ({ request }) => {
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken, account: 'admin', callbackUrl: '/' };
  for (const name of ['x-forwarded-for', 'forwarded', 'via']) {
    const answer = await request.post('/api/auth/callback/demo', { form, headers: { [name]: '127.0.0.1' } });
    expect(answer.status(), name).toBe(403);
    expect(await answer.json()).toMatchObject({ reason: 'not-permitted.demo-account' });
    expect(answer.headers()['set-cookie'] ?? '').not.toContain('session');
  }
});

test('answers an unknown path under /api/ with a problem, for every account and method', async ({
  request,
  api,
}) => {
  for (const who of [request, await api('admin')]) {
    for (const path of [
      '/api',
      '/api/nothing',
      '/api/v1/device',
      '/api/v2/devices/1234',
      '/api/auth/nothing',
    ]) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        if (path.startsWith('/api/auth/') && !['GET', 'POST'].includes(method)) continue;
        if (path === '/api' && method !== 'GET') continue;
        const answer = await who.fetch(path, { method });
        expect(answer.status(), `${method} ${path}`).toBe(404);
        expect(answer.headers()['content-type']).toContain('application/problem+json');
        expect(await answer.json()).toMatchObject({ code: 'not-found', ...problemTexts('not-found.api') });
      }
    }
  }
});

test('publishes the security contact as RFC 9116 describes', async ({ request, app }) => {
  const answer = await request.get('/.well-known/security.txt');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toBe('text/plain; charset=utf-8');
  const fields = new Map(
    (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => line.split(': ') as [string, string]),
  );
  expect(fields.get('Contact')).toBe('mailto:security@example.com');
  expect(fields.get('Canonical')).toBe(`${app.url}/.well-known/security.txt`);
  const days = (Date.parse(fields.get('Expires') ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(30);
  expect(days).toBeLessThan(365);
});
