import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEgressProxy } from '#lib/egress/egress-proxy.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { createWebhookEntries } from '#lib/services/audit-export/webhook-entries.ts';
import { entry } from '#lib/testing/audit.ts';
import { type ConnectProxy, startConnectProxy } from '#lib/testing/servers/connect-proxy.ts';
import {
  type MailServer,
  startMailServer,
  startWebhookServer,
  type WebhookServer,
} from '#lib/testing/servers/receivers.ts';
import { startTlsFront, TEST_CERTIFICATE, trustTestAuthority } from '#lib/testing/servers/tls-front.ts';
import { createMailSender } from './mail-sender.ts';
import type { Message } from './outcome.ts';
import { createWebhookSender } from './webhook.ts';

const message: Message = {
  id: 7,
  notification: {
    kind: 'raised',
    incidentId: 'i',
    rule: 'Offline',
    code: 'offline',
    at: 0,
    since: 0,
    total: 0,
    added: 0,
    devices: [],
    codes: [],
    deviceKeys: [],
  },
  text: {
    title: 'Offline',
    lead: 'A device is offline',
    codes: [],
    devices: [],
    rest: null,
    next: null,
    rule: 'Offline',
    link: { word: 'Open', url: 'https://desk.example.com' },
  },
} as unknown as Message;

/** Names that this machine's resolver would know; all others are looked up for real. */
const known = vi.hoisted(() => new Map<string, string[]>());
vi.mock('node:dns/promises', async (original) => {
  const real = await original<typeof import('node:dns/promises')>();
  const lookup = async (host: string, options: { all: true }) =>
    known.get(host)?.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })) ??
    real.lookup(host, options);
  return { ...real, lookup };
});

let proxy: ConnectProxy;
let distrust: () => void;
beforeAll(() => {
  distrust = trustTestAuthority();
});
afterAll(() => distrust());
beforeEach(async () => {
  proxy = await startConnectProxy({ user: 'desk', password: 'canary:pass' });
});
afterEach(async () => {
  known.clear();
  await proxy.close();
});
const egress = (noProxy = '') => createEgressProxy({ proxyUrl: proxy.url, noProxy });

describe('a webhook through the proxy', () => {
  let hook: WebhookServer;
  let front: Awaited<ReturnType<typeof startTlsFront>>;
  beforeEach(async () => {
    hook = await startWebhookServer();
    front = await startTlsFront(Number(new URL(hook.url).port));
    const lead = ['20.0.0.7:443', 'hook.rooms.test:443', '10.0.0.9:443'];
    proxy.routes = Object.fromEntries(lead.map((target) => [target, front.port]));
  });
  afterEach(() => Promise.all([hook.close(), front.close()]));

  const send = (url: string, inside = false, noProxy = '') =>
    createWebhookSender({
      clock: systemClock,
      appUrl: 'https://desk.example.com',
      timeoutMs: 3_000,
      reach: { private: inside, loopback: false },
      proxy: egress(noProxy),
    })({ kind: 'webhook', url, secret: `whsec_${Buffer.alloc(32).toString('base64')}` }, message);

  test('goes to the address that was checked, under its own name, and never to the name', async () => {
    known.set('hook.rooms.test', ['20.0.0.7']);
    expect(await send('https://hook.rooms.test/a?b=c')).toMatchObject({ ok: true, answer: 'HTTP 204' });
    expect(proxy.targets).toEqual(['20.0.0.7:443']);
    expect(hook.received[0]).toMatchObject({ path: '/a?b=c', headers: { host: 'hook.rooms.test' } });
    expect(hook.received[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  test('tries the next address when the proxy cannot reach the first', async () => {
    known.set('hook.rooms.test', ['2606:2::2', '20.0.0.7']);
    expect(await send('https://hook.rooms.test/')).toMatchObject({ ok: true });
    expect(proxy.targets).toEqual(['[2606:2::2]:443', '20.0.0.7:443']);
  });

  test.each([[['10.0.0.9']], [['20.0.0.7', '169.254.169.254']]])(
    'does not request a name from the proxy that resolves to %j',
    async (addresses) => {
      known.set('hook.rooms.test', addresses);
      expect(await send('https://hook.rooms.test/')).toMatchObject({
        ok: false,
        answer: 'address not allowed',
      });
      expect(proxy.targets).toEqual([]);
    },
  );

  test.each(['https://10.0.0.9/', 'https://[fd00::1]/', 'https://127.0.0.1/', 'https://localhost/'])(
    'does not request %s from the proxy',
    async (url) => {
      expect(await send(url)).toMatchObject({ ok: false, answer: 'address not allowed' });
      expect(proxy.targets).toEqual([]);
    },
  );

  test('leaves an unresolvable name to the proxy only where nothing has to be checked', async () => {
    expect(await send('https://hook.rooms.test/')).toMatchObject({
      ok: false,
      answer: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
    expect(proxy.targets).toEqual([]);
    expect(await send('https://hook.rooms.test/', true)).toMatchObject({ ok: true });
    expect(proxy.targets).toEqual(['hook.rooms.test:443']);
  });

  test('checks the certificate against the name', async () => {
    proxy.routes['20.0.0.8:443'] = front.port;
    known.set('hook.other.test', ['20.0.0.8']);
    expect(await send('https://hook.other.test/')).toMatchObject({
      ok: false,
      answer: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(hook.received).toEqual([]);
  });

  test.each<[ConnectProxy['way'], string]>([
    [{ status: 407 }, 'PROXY_407'],
    [{ status: 403 }, 'PROXY_403'],
    ['hang-up', 'PROXY_ECONNRESET'],
    ['hang', 'PROXY_TIMEOUT|no answer in time'],
  ])('that the proxy answers with %o reports %s', async (way, answer) => {
    proxy.way = way;
    const outcome = await send('https://20.0.0.7/');
    const said = expect.stringMatching(new RegExp(`^(${answer})$`));
    expect(outcome).toMatchObject({ ok: false, answer: said, again: true });
  });

  test('connects directly where NO_PROXY says so', async () => {
    known.set('hook.rooms.test', ['10.0.0.9']);
    expect(await send('https://hook.rooms.test/', false, 'hook.rooms.test')).toMatchObject({
      answer: 'address not allowed',
    });
    expect(proxy.targets).toEqual([]);
  });
});

describe('the audit log by https through the proxy', () => {
  test('is posted to the configured name, which only the proxy needs to resolve', async () => {
    const hook = await startWebhookServer();
    const front = await startTlsFront(Number(new URL(hook.url).port));
    proxy.routes = { 'log.rooms.test:8443': front.port };
    const send = createWebhookEntries({
      url: 'https://log.rooms.test:8443/audit',
      secret: `whsec_${Buffer.alloc(32).toString('base64')}`,
      clock: systemClock,
      proxy: egress(),
    });
    const sealed = { seq: 1, hash: 'h'.repeat(64), keyId: 'k', seal: 's' };
    await send([{ ...entry({ at: 1 }), ...sealed }]);
    expect(hook.received.map(({ path }) => path)).toEqual(['/audit']);
    expect(proxy.targets).toEqual(['log.rooms.test:8443']);
    proxy.way = { status: 403 };
    await expect(send([{ ...entry({ at: 2 }), ...sealed }])).rejects.toThrow('did not connect: 403');
    await Promise.all([hook.close(), front.close()]);
  });
});

describe('e-mail through the proxy', () => {
  let mail: MailServer;
  let front: Awaited<ReturnType<typeof startTlsFront>>;
  beforeEach(async () => {
    mail = await startMailServer(TEST_CERTIFICATE);
    const port = Number(new URL(mail.url).port);
    front = await startTlsFront(port);
    proxy.routes = { 'mail.rooms.test:587': port, 'mail.rooms.test:465': front.port };
  });
  afterEach(() => Promise.all([mail.close(), front.close()]));

  async function send(smtpUrl: string, timeoutMs = 3_000) {
    const sender = createMailSender({ smtpUrl, from: 'desk@example.com', timeoutMs, proxy: egress() });
    const outcome = await sender.send({ kind: 'mail', to: ['ops@example.com'] }, message);
    sender.close();
    expect(JSON.stringify(outcome)).not.toMatch(/canary/);
    return outcome;
  }

  test.each([
    ['smtp://desk:word@mail.rooms.test', 'mail.rooms.test:587'],
    ['smtps://desk:word@mail.rooms.test', 'mail.rooms.test:465'],
  ])('is sent by %s, with a checked TLS certificate', async (smtpUrl, target) => {
    expect(await send(smtpUrl)).toMatchObject({ ok: true });
    expect(mail.received).toHaveLength(1);
    expect(mail.passwords).toEqual(['word']);
    expect(proxy.targets).toEqual([target]);
    distrust();
    expect(await send(smtpUrl)).toMatchObject({ ok: false });
    distrust = trustTestAuthority();
    expect(mail.passwords).toEqual(['word']);
  });

  test.each<[ConnectProxy['way'], RegExp]>([
    [{ status: 407 }, /^PROXY_407$/],
    ['hang-up', /^PROXY_ECONNRESET$/],
    ['hang', /TIMEOUT|ETIMEDOUT/],
  ])('waits when the proxy does %o', async (way, answer) => {
    proxy.way = way;
    const outcome = await send('smtp://mail.rooms.test', 300);
    expect(outcome).toMatchObject({ ok: false, again: true, answer: expect.stringMatching(answer) });
    expect(mail.received).toEqual([]);
  });
});
