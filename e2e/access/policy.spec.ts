import type { APIRequestContext } from '@playwright/test';
import { can } from '../../lib/domain/access/operator.ts';
import { FIELD_POLICY } from '../../lib/domain/devices/field-policy.ts';
import { type Account, expect, test } from '../support/app.ts';
import { guardedRoutes } from '../support/routes.ts';
import { problemTexts } from '../support/texts.ts';

const ROLES: readonly Account[] = ['viewer', 'support', 'admin'];
const { pages, apis } = guardedRoutes();

for (const { pattern, path, allowed } of pages) {
  test(`the page ${pattern} opens for ${allowed.join(', ')}, as HTML and as the router’s payload`, async ({
    api,
  }) => {
    const refusal = problemTexts('not-permitted.role').title;
    for (const role of ROLES) {
      for (const headers of [{}, { RSC: '1' }] as Record<string, string>[]) {
        const answer = await (await api(role)).get(path, { headers });
        expect(answer.status(), role).toBe(200);
        expect(new URL(answer.url()).pathname, role).toBe(path);
        const text = (await answer.text()).replaceAll('’', "'").replaceAll('&#x27;', "'");
        // A page's payload contains the texts of all refusals; only its visible text must not.
        const shown = text.includes(`>${refusal}</h1>`) || text.includes(`"children":"${refusal}"`);
        expect(shown, `${role} is refused`).toBe(!allowed.includes(role));
      }
    }
  });
}

test('the role of a token decides what a program may do, and no token may do what is reserved for people', async ({
  api,
  app,
}) => {
  const admin = await api('admin');
  for (const role of ROLES) {
    const made = await admin.post('/api/v1/tokens', { data: { name: `policy ${role}`, role, days: 1 } });
    const { value } = (await made.json()) as { value: string };
    const headers = { authorization: `Bearer ${value}` };
    for (const { method, pattern, path, allowed, byToken } of apis) {
      const answer = await fetch(app.url + path, { method, headers });
      const problem = answer.headers.get('content-type')?.includes('problem+json');
      const reason = problem ? ((await answer.json()) as { reason: string }).reason : null;
      if (!problem) await answer.body?.cancel();
      const what = `${role}: ${method} ${pattern}`;
      if (!byToken) expect(reason, what).toBe('not-permitted.token');
      else if (!allowed.includes(role)) expect(reason, what).toBe('not-permitted.role');
      else expect(reason ?? '', what).not.toMatch(/^(not-permitted\.(role|token)|signed-out)/);
    }
  }
});

/** DingTalk's name of each restricted field, with a value that appears nowhere else. */
const UNIT = {
  unionId: ['deviceUnionId', 'unionCanary5a71'],
  corpId: ['corpId', 'corpCanary5a72'],
  serial: ['deviceSn', 'serialCanary5a73'],
  mac: ['deviceMac', 'AA:BB:CC:5A:74:01'],
  createdBy: ['creatorUnionId', 'creatorCanary5a75'],
  unknownFields: ['devCanaryOfTomorrow', 'tomorrowCanary5a76'],
  castCode: ['shareCode', '597701'],
  sipAccount: ['sipAccountName', 'sipCanary5a78'],
} as const;

const NETWORK = {
  ssid: ['devNetType', 'ssidCanary5a79'],
  ip: ['devNetIp', '10.79.59.80'],
  wifiMac: ['devWifiMac', 'AA:BB:CC:5A:81:02'],
  wiredMac: ['devWireMac', 'AA:BB:CC:5A:82:03'],
} as const;

const CONTROLLER = {
  unionId: ['deviceUnionId', 'panelUnionCanary5a83'],
  corpId: ['corpId', 'panelCorpCanary5a84'],
  serial: ['deviceSn', 'panelSerialCanary5a85'],
  mac: ['deviceMac', 'AA:BB:CC:5A:86:04'],
  castCode: ['shareCode', '598703'],
} as const;

type Canaries = Record<string, readonly [said: string, value: string]>;

const PARTS: [keyof typeof FIELD_POLICY, Canaries][] = [
  ['unit', UNIT],
  ['network', NETWORK],
  ['controller', CONTROLLER],
];

const saidBy = (canaries: Canaries) => Object.fromEntries(Object.values(canaries));

/** Every route and page that returns a device to a person. */
async function everyByte(person: APIRequestContext, deviceId: string, at: string): Promise<string> {
  const rsc = { RSC: '1' };
  const paths = [
    `/api/v1/devices/query?deviceId=${deviceId}`,
    `/api/v1/devices/${deviceId}`,
    `/api/v1/devices/${deviceId}?at=${at}`,
    `/api/v1/devices/${deviceId}/history`,
    `/api/v1/devices/${deviceId}/preceding-changes`,
    `/api/v1/devices/${deviceId}/comparable`,
    `/api/v1/devices/compare?left=${deviceId}&right=${deviceId}`,
    '/api/v1/devices/common?issue=offline',
    `/compare?left=${deviceId}&right=${deviceId}`,
    `/api/v1/devices?q=${deviceId}`,
    `/api/v1/search?q=${deviceId}`,
    `/devices/${deviceId}`,
    `/devices/${deviceId}?at=${at}`,
    `/devices?q=${deviceId}`,
    '/',
  ];
  const texts = await Promise.all(
    paths
      .flatMap((path) => [
        person.get(path),
        ...(path.startsWith('/api/') ? [] : [person.get(path, { headers: rsc })]),
      ])
      .map(async (asked) => {
        const answer = await asked;
        expect(answer.status(), answer.url()).toBe(200);
        return answer.text();
      }),
  );
  return texts.join('\n');
}

test('each field reaches only the roles that may see it, in every response', async ({ app, api }) => {
  const { deviceId } = await app.scenario('wrongRoomController');
  const { control } = app.simulator;
  const before = await control<{ controllers: object[] }>('GET', `/devices/${deviceId}`);
  const controllers = before.controllers.map((each) => ({ ...each, ...saidBy(CONTROLLER) }));
  await control('PATCH', `/devices/${deviceId}`, {
    ...saidBy(UNIT),
    ...saidBy(NETWORK),
    controllers,
  });
  const admin = await api('admin');
  const answer = await admin.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  expect(answer.status()).toBe(200);
  const at = new Date().toISOString();
  for (const role of ROLES) {
    const bytes = (await everyByte(await api(role), deviceId, at)).toUpperCase();
    for (const [part, canaries] of PARTS) {
      for (const [field, sight] of Object.entries(FIELD_POLICY[part])) {
        if (sight === 'see-state') continue;
        // A restricted field without a value here would not be tested.
        const value = canaries[field]?.[1];
        if (!value) throw new Error(`e2e/access/policy.spec.ts has no value for ${part}.${field}`);
        const may = sight !== 'nobody' && can(role, sight);
        expect(bytes.includes(value.toUpperCase()), `${role} sees ${part}.${field}`).toBe(may);
      }
    }
  }
});
