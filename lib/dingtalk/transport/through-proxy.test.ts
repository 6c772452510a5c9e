import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRobot } from '#lib/dingtalk/robot/robot.ts';
import { DEVICES, failure, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { json } from '#lib/dingtalk/testing/scripted-upstream.ts';
import { eventFrame, openStreamScene, type StreamScene, until } from '#lib/dingtalk/testing/stream-scene.ts';
import { createEgressProxy } from '#lib/egress/egress-proxy.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { type ConnectProxy, startConnectProxy } from '#lib/testing/servers/connect-proxy.ts';
import { startTlsFront, trustTestAuthority } from '#lib/testing/servers/tls-front.ts';

const USER = { user: 'desk', password: 'canary:pass' };
const HOSTS = ['api.rooms.test:443', 'oapi.rooms.test:443'];
const BY_UNION_ID = '/topapi/user/getbyunionid';

const egressOf = ({ url }: { url: string }, noProxy = '') => createEgressProxy({ proxyUrl: url, noProxy });
const portOf = (origin: string) => Number(new URL(origin).port);

let proxy: ConnectProxy;
let distrust: () => void;
const fronts: { close(): Promise<void> }[] = [];
beforeAll(() => {
  distrust = trustTestAuthority();
});
afterAll(() => distrust());
beforeEach(async () => {
  proxy = await startConnectProxy(USER);
});
afterEach(async () => {
  await proxy.close();
  await Promise.all(fronts.splice(0).map((front) => front.close()));
});

async function lead(names: string[], toPort: number) {
  const front = await startTlsFront(toPort);
  fronts.push(front);
  for (const name of names) proxy.routes[name] = front.port;
}

describe('DingTalk over https', () => {
  let scene: Scene;
  const origins = { apiOrigin: 'https://api.rooms.test', oapiOrigin: 'https://oapi.rooms.test' };
  beforeEach(async () => {
    scene = await openScene({ ...origins, clock: systemClock, proxy: egressOf(proxy) });
    await lead(HOSTS, portOf(scene.upstream.origin));
  });
  afterEach(() => scene.close());

  test('receives calls for tokens, devices, people and rooms through the proxy only, on kept connections', async () => {
    scene.upstream.on(BY_UNION_ID, json(200, { errcode: 0, result: { userid: 'u', contact_type: 0 } }));
    expect((await scene.ask()).device.deviceId).toBe('1234');
    await scene.ask();
    const checkup = scene.dingtalk.checkup();
    await checkup.fetchToken();
    expect(await checkup.findPerson('union')).toBe('employee');
    expect(scene.upstream.seen.map(({ url }) => url.pathname)).toEqual([
      ...[TOKEN, DEVICES, DEVICES, TOKEN, BY_UNION_ID],
    ]);
    expect(scene.upstream.seen.map(({ headers }) => headers.host)).toEqual([
      ...Array(4).fill('api.rooms.test'),
      'oapi.rooms.test',
    ]);
    expect(JSON.stringify(scene.upstream.seen.map(({ headers }) => headers))).not.toMatch(/proxy-auth/i);
    // Nothing on this machine knows these names, so there was no other way; a connection serves many calls.
    expect([...new Set(proxy.targets)]).toEqual(HOSTS);
    expect(proxy.targets.length).toBeLessThan(scene.upstream.seen.length);
  });

  test('cannot be impersonated by the proxy: another certificate is refused', async () => {
    proxy.routes['api.other.test:443'] = proxy.routes['api.rooms.test:443'] ?? 0;
    const other = await openScene({
      apiOrigin: 'https://api.other.test',
      clock: systemClock,
      proxy: egressOf(proxy),
    });
    const error = await failure(other.ask());
    expect(error).toMatchObject({
      reason: 'dingtalk-unreachable.no-connection',
      values: { failure: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
    expect(scene.upstream.seen).toEqual([]);
    await other.close();
    distrust();
    expect((await failure(scene.ask())).values.failure).toMatch(/SELF_SIGNED|UNABLE_TO/);
    distrust = trustTestAuthority();
    expect(scene.upstream.seen).toEqual([]);
  });

  test.each<[ConnectProxy['way'], string, number]>([
    [{ status: 407 }, 'PROXY_407', 1],
    [{ status: 403 }, 'PROXY_403', 1],
    ['hang-up', 'PROXY_ECONNRESET', 3],
    [{ status: 503 }, 'PROXY_503', 3],
  ])('a proxy that does %o is named as the reason: %s, after %i attempts', async (way, code, attempts) => {
    proxy.way = way;
    const error = await failure(scene.ask());
    expect(error).toMatchObject({
      reason: 'dingtalk-unreachable.proxy',
      values: { host: 'api.rooms.test', failure: code },
    });
    expect(scene.calls).toHaveLength(attempts);
    expect(scene.upstream.seen).toEqual([]);
  });

  test('a proxy that never answers is abandoned after two seconds', async () => {
    proxy.way = 'hang';
    const error = await failure(scene.dingtalk.checkup().fetchToken());
    expect(error).toMatchObject({
      reason: 'dingtalk-unreachable.proxy',
      values: { failure: 'PROXY_TIMEOUT' },
    });
    await until(() => proxy.sockets() === 0);
  });

  test('a tunnel that breaks in the middle of an answer is a broken connection, and is retried', async () => {
    scene.upstream.on(DEVICES, json(200, { result: { deviceId: '1234', deviceName: 'x'.repeat(20_000) } }));
    proxy.way = { cutAfterBytes: 10_000 };
    expect((await failure(scene.ask())).reason).toBe('dingtalk-unreachable.no-connection');
    expect(scene.upstream.count(DEVICES)).toBe(3);
  });

  test('connects directly to what NO_PROXY names, and then does not find it', async () => {
    const direct = await openScene({ ...origins, proxy: egressOf(proxy, '.rooms.test') });
    expect((await failure(direct.ask())).reason).toBe('dingtalk-unreachable.no-connection');
    expect(proxy.targets).toEqual([]);
    await direct.close();
  });

  test('a group robot is called through the proxy', async () => {
    scene.upstream.on('/robot/send', json(200, { errcode: 0, errmsg: 'ok' }));
    const robot = createRobot('https://oapi.rooms.test', systemClock, 5_000, egressOf(proxy));
    const sent = await robot.send('https://oapi.rooms.test/robot/send?access_token=canary-robot', null, {
      uuid: 'u',
      title: 'Test',
      text: 'Test',
    });
    expect(sent).toMatchObject({ status: 200, code: 0 });
    expect(proxy.targets).toEqual(['oapi.rooms.test:443']);
    await robot.close();
  });
});

test('a simulator on this machine is called directly, also where a proxy is set', async () => {
  const scene = await openScene({ proxy: egressOf(proxy) });
  await scene.ask();
  expect(scene.upstream.count(TOKEN)).toBe(1);
  expect(proxy.targets).toEqual([]);
  await scene.close();
});

describe('the event stream over wss', () => {
  let scene: StreamScene;
  afterEach(() => scene.close());
  const begin = async () => {
    scene = await openStreamScene({ proxy: egressOf(proxy) });
    await lead(['stream.rooms.test:443'], portOf(scene.server.origin));
    const answer = (ticket: number) =>
      json(200, { endpoint: 'wss://stream.rooms.test/connect', ticket: `canary-ticket+/=& ${ticket}` });
    scene.server.answerNext(...[1, 2, 3].map(answer));
  };

  test('is opened through the proxy, carries events and stays open', async () => {
    await begin();
    const connection = await scene.connection(1);
    connection.push(eventFrame('first'));
    await until(() => connection.received.length === 1);
    expect(scene.events).toHaveLength(1);
    expect(proxy.targets).toEqual(['stream.rooms.test:443']);
    expect(proxy.open()).toBe(1);
    await scene.stream.stop();
    await until(() => proxy.open() === 0);
  });

  test('reports the proxy as the cause, and reconnects when the proxy works again', async () => {
    proxy.way = { status: 407 };
    await begin();
    await until(() => scene.stream.state().state === 'waiting');
    expect(scene.stream.state().problem).toBe('dingtalk-unreachable.proxy');
    proxy.way = 'connect';
    scene.clock.advance(60_000);
    await scene.connection(1);
  });

  test('abandons a proxy that does not answer in three seconds, and leaves nothing open', async () => {
    proxy.way = 'hang';
    await begin();
    await until(() => proxy.targets.length === 1);
    scene.clock.advance(3_000);
    await until(() => scene.stream.state().state === 'waiting');
    expect(scene.stream.state().problem).toBe('dingtalk-unreachable.no-answer');
    await until(() => proxy.sockets() === 0);
  });
});
