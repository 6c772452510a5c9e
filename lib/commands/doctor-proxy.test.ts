import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DoctorStep, HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { SECRET } from '#lib/testing/keys.ts';
import { type ConnectProxy, startConnectProxy } from '#lib/testing/servers/connect-proxy.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';
import { startTlsFront, trustTestAuthority } from '#lib/testing/servers/tls-front.ts';
import { examine } from './doctor.ts';

let simulator: SimulatorProcess;
let front: Awaited<ReturnType<typeof startTlsFront>>;
let proxy: ConnectProxy;
let distrust: () => void;
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--rooms', '5']);
  front = await startTlsFront(Number(new URL(simulator.origin).port));
  proxy = await startConnectProxy({ user: 'desk', password: 'canary-password' });
  distrust = trustTestAuthority();
});
afterAll(async () => {
  distrust();
  await Promise.all([simulator.stop(), front.close(), proxy.close()]);
});
beforeEach(() => {
  proxy.way = 'connect';
  proxy.targets.length = 0;
  proxy.routes = { 'api.rooms.test:443': front.port };
});

async function examined(env: Record<string, string> = {}) {
  const results: HealthCheckOutput[] = [];
  await examine(
    {
      AUTH_SECRET: SECRET,
      DATA_DIR: join(tmpdir(), 'no-desk-was-here'),
      DINGTALK_CLIENT_ID: 'dingsimulator',
      DINGTALK_CLIENT_SECRET: 'simulator-secret',
      DINGTALK_API_ORIGIN: 'https://api.rooms.test',
      DINGTALK_CORP_ID: 'dingsimcorp',
      HTTPS_PROXY: proxy.url,
      NO_PROXY: 'mail.example.com',
      ...env,
    },
    { remembered: null, clock: systemClock, report: (each) => void results.push(each) },
  );
  expect(JSON.stringify(results)).not.toMatch(/canary/);
  const steps = results.filter((each): each is DoctorStep & { kind: 'step' } => each.kind === 'step');
  const of = (name: DoctorStep['step']) => steps.find(({ step }) => step === name);
  return { configuration: of('configuration'), host: of('host'), credentials: of('credentials') };
}

const address = () => new URL(proxy.url).host;

test('reports that requests use the proxy, tries it and names the issuer of the certificate behind it', async () => {
  const { configuration, host, credentials } = await examined();
  expect(configuration?.facts).toContainEqual({
    name: 'proxy-used',
    values: { proxy: address(), except: 'mail.example.com' },
  });
  expect(host).toMatchObject({ state: 'ok' });
  expect(host?.facts).toMatchObject([
    { name: 'host-reached', values: { host: 'api.rooms.test', addresses: address() } },
    { name: 'host-through-proxy', values: { host: 'api.rooms.test', proxy: address() } },
    { name: 'certificate-issuer', values: { issuer: 'Rooms Desk tests, Test authority' } },
  ]);
  expect(credentials).toMatchObject({ state: 'ok' });
  expect(new Set(proxy.targets)).toEqual(new Set(['api.rooms.test:443']));
});

test.each<[ConnectProxy['way'], string]>([
  [{ status: 407 }, 'PROXY_407'],
  [{ status: 403 }, 'PROXY_403'],
  ['hang-up', 'PROXY_ECONNRESET'],
])('reports a proxy that does %o as %s, and makes no call to DingTalk', async (way, failure) => {
  proxy.way = way;
  const { host, credentials } = await examined();
  expect(host).toMatchObject({ state: 'failed', trouble: 'proxy-failed' });
  expect(host?.facts[0]).toMatchObject({ name: 'host-failed', values: { stage: 'proxy', failure } });
  expect(credentials).toMatchObject({ state: 'not-asked', blockedBy: 'host' });
});

test('reports a proxy that does not listen as the cause', async () => {
  const { host } = await examined({ HTTPS_PROXY: 'http://desk:canary-password@127.0.0.1:1' });
  expect(host).toMatchObject({ state: 'failed', trouble: 'proxy-failed' });
  expect(host?.facts[0]?.values).toMatchObject({ failure: 'PROXY_ECONNREFUSED' });
  expect(host?.facts[1]?.values).toMatchObject({ proxy: '127.0.0.1:1' });
});

test('reports who signed a certificate that the proxy presents instead of DingTalk’s', async () => {
  distrust();
  const { host } = await examined();
  distrust = trustTestAuthority();
  expect(host).toMatchObject({ state: 'failed', trouble: 'certificate-refused' });
  expect(host?.facts.map(({ name }) => name)).toEqual([
    ...['host-failed', 'host-through-proxy', 'certificate-issuer'],
  ]);
  expect(host?.facts[2]?.values).toEqual({
    host: 'api.rooms.test',
    issuer: 'Rooms Desk tests, Test authority',
  });
});

test('refuses a certificate for another name', async () => {
  proxy.routes['api.other.test:443'] = front.port;
  const { host } = await examined({ DINGTALK_API_ORIGIN: 'https://api.other.test' });
  expect(host).toMatchObject({ state: 'failed', trouble: 'certificate-refused' });
  expect(host?.facts[0]?.values).toMatchObject({ failure: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('connects directly where NO_PROXY says so', async () => {
  const { host } = await examined({ NO_PROXY: 'rooms.test' });
  expect(host).toMatchObject({ state: 'failed', trouble: 'name-unknown' });
  expect(proxy.targets).toEqual([]);
});
