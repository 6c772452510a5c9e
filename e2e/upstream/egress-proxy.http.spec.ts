import { type APIRequestContext, request } from '@playwright/test';
import { type ConnectProxy, startConnectProxy } from '../../lib/testing/servers/connect-proxy.ts';
import {
  type MailServer,
  startMailServer,
  startWebhookServer,
  type WebhookServer,
} from '../../lib/testing/servers/receivers.ts';
import {
  OPENID_CLIENT,
  type ScriptedOpenid,
  startScriptedOpenid,
} from '../../lib/testing/servers/scripted-openid.ts';
import { startTlsFront, TEST_AUTHORITY_FILE, TEST_CERTIFICATE } from '../../lib/testing/servers/tls-front.ts';
import { test as base, expect, signInAtDingTalk } from '../support/app.ts';
import { sent } from '../support/events.ts';
import { serviceOf } from '../support/inventory.ts';

/** Everything that Rooms Desk connects to, under names that only the proxy resolves. */
type World = { proxy: ConnectProxy; hook: WebhookServer; mail: MailServer; provider: ScriptedOpenid };

const USER = { user: 'desk', password: 'canary:proxy-password' };
const ISSUER = 'https://id.rooms.test';
const API = 'https://api.rooms.test';
const SECRET = `SECsimulated${'0'.repeat(52)}`;

const portOf = (url: string) => Number(new URL(url).port);

const test = base.extend<{ led: undefined }, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => {
      const proxy = await startConnectProxy(USER);
      const [hook, mail] = [await startWebhookServer(), await startMailServer(TEST_CERTIFICATE)];
      const provider = await startScriptedOpenid('248289761001', ISSUER);
      await use({ proxy, hook, mail, provider });
      await Promise.all([proxy.close(), hook.close(), mail.close(), provider.close()]);
    },
    { scope: 'worker' },
  ],
  appOptions: [
    async ({ world }, use) => {
      const env = {
        HTTPS_PROXY: world.proxy.url,
        NO_PROXY: 'db.rooms.test',
        NODE_EXTRA_CA_CERTS: TEST_AUTHORITY_FILE,
        DINGTALK_API_ORIGIN: API,
        DINGTALK_OAPI_ORIGIN: API,
        DINGTALK_EVENTS: 'stream',
        INSTANCE_ROLE: 'all',
        OIDC_ISSUER: ISSUER,
        OIDC_CLIENT_ID: OPENID_CLIENT.clientId,
        OIDC_CLIENT_SECRET: OPENID_CLIENT.clientSecret,
        SMTP_URL: 'smtp://desk:canary-mail@mail.rooms.test',
        SMTP_FROM: 'desk@example.com',
      };
      await use({ env, own: 'proxy', simulatorArgs: ['--rooms', '5', '--monthly', '1000000', '--qps', '0'] });
    },
    { scope: 'worker' },
  ],
  led: [
    async ({ world: { proxy, hook, mail, provider }, app }, use) => {
      const [api, stream, id, webhook] = await Promise.all(
        [portOf(app.simulator.origin), portOf(app.simulator.origin), provider.port, portOf(hook.url)].map(
          startTlsFront,
        ),
      );
      await app.simulator.control('PUT', '/events/stream', { endpoint: 'wss://stream.rooms.test/connect' });
      proxy.way = 'connect';
      proxy.routes = {
        'api.rooms.test:443': api?.port ?? 0,
        'stream.rooms.test:443': stream?.port ?? 0,
        'id.rooms.test:443': id?.port ?? 0,
        '20.0.0.7:443': webhook?.port ?? 0,
        'mail.rooms.test:587': portOf(mail.url),
      };
      await use(undefined);
      expect(app.logs()).not.toMatch(/canary/);
      expect(app.logs()).not.toContain(Buffer.from(`${USER.user}:${USER.password}`).toString('base64'));
      await Promise.all([api, stream, id, webhook].map((front) => front?.close()));
    },
    { auto: true },
  ],
});

/** Creates a channel, sends its test message and returns the result. */
async function testChannel(
  admin: APIRequestContext,
  channel: object,
): Promise<{ ok: boolean; answer: string }> {
  const data = { name: 'Test', locale: 'en', zone: 'UTC', ...channel };
  const made = await admin.post('/api/v1/alerts/channels', { data });
  expect(made.status(), await made.text()).toBe(201);
  const { channelId } = (await made.json()) as { channelId: string };
  return (await admin.post(`/api/v1/alerts/channels/${channelId}/test`, { data: {} })).json();
}

test('all outgoing connections use the proxy', async ({
  api,
  app,
  world: { proxy, hook, mail, provider },
}) => {
  const [admin, support] = [await api('admin'), await api('support')];
  const answer = await support.get('/api/v1/devices/query?deviceId=1234&fresh=true');
  expect(await answer.json()).toMatchObject({ source: 'live', device: { deviceId: '1234' } });

  const person = await request.newContext({ baseURL: app.url });
  await signInAtDingTalk(person, 'simOperatorUnionId');
  await person.dispose();

  await expect
    .poll(async () => (await sent(app.simulator)).stream.connections.now, { timeout: 60_000 })
    .toBe(1);

  const robot = { kind: 'robot', url: `${API}/robot/send?access_token=simulatedsignedrobot`, secret: SECRET };
  expect(await testChannel(admin, robot)).toMatchObject({ ok: true });
  expect(await testChannel(admin, { kind: 'webhook', url: 'https://20.0.0.7/hook' })).toMatchObject({
    ok: true,
  });
  expect(await testChannel(admin, { kind: 'mail', to: ['ops@example.com'] })).toMatchObject({ ok: true });
  expect([hook.received.length, mail.received.length]).toEqual([1, 1]);
  expect(mail.passwords).toEqual(['canary-mail']);

  const newcomer = await request.newContext({ baseURL: app.url });
  const { csrfToken } = (await (await newcomer.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken, callbackUrl: '/' };
  const away = await newcomer.post('/api/auth/signin/oidc', { form, maxRedirects: 0 });
  const transport = new URL(away.headers().location ?? '');
  expect(transport.origin).toBe(ISSUER);
  const back = await newcomer.get(
    `http://127.0.0.1:${provider.port}${transport.pathname}${transport.search}`,
    {
      maxRedirects: 0,
    },
  );
  expect(new URL((await newcomer.get(back.headers().location ?? '')).url()).pathname).toBe('/');
  await newcomer.dispose();

  expect([...new Set(proxy.targets)].sort()).toEqual([
    ...['20.0.0.7:443', 'api.rooms.test:443', 'id.rooms.test:443', 'mail.rooms.test:587'],
    'stream.rooms.test:443',
  ]);
});

test('the health check names the proxy and tries it', async ({ api, world: { proxy } }) => {
  const answer = await (await api('admin')).post('/api/v1/system/health-check', { data: {} });
  const steps = (await answer.text()).split('\n').filter(Boolean);
  const address = new URL(proxy.url).host;
  expect(steps.find((line) => line.includes('"configuration"'))).toContain(`"proxy":"${address}"`);
  expect(steps.find((line) => line.includes('"host"'))).toContain('"state":"ok"');
  expect(steps.join()).not.toMatch(/canary/);
});

test('names a refusing proxy as the reason, in the response and on the admin page', async ({
  api,
  world: { proxy },
}) => {
  proxy.way = { status: 407 };
  // An existing connection would be reused, and its responses would hide the failure.
  proxy.drop();
  const [support, admin] = [await api('support'), await api('admin')];
  await expect
    .poll(
      async () => {
        const answer = await support.get('/api/v1/devices/query?deviceId=5678&fresh=true');
        return ((await answer.json()) as { reason?: string }).reason;
      },
      { timeout: 60_000 },
    )
    .toBe('dingtalk-unreachable.proxy');
  await expect
    .poll(async () => {
      const { troubles } = (await serviceOf(admin)) as unknown as { troubles: { code: string }[] };
      return troubles.map(({ code }) => code);
    })
    .toContain('proxy-failed');
});
