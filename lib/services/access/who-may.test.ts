import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelAsked } from '#lib/api/alerts/alert-requests.ts';
import type { Credential } from '#lib/domain/access/access.ts';
import { type Action, can, ROLES, type Role } from '#lib/domain/access/operator.ts';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import { addChannel, changeChannel, removeChannel, testChannel } from '#lib/services/alerts/channels.ts';
import { describeAlerts, listDeliveries, sendAgain } from '#lib/services/alerts/describe-alerts.ts';
import { addRule, changeRule, createSilence, removeRule, removeSilence } from '#lib/services/alerts/rules.ts';
import { acknowledgeAuditGap } from '#lib/services/audit/acknowledge-audit-gap.ts';
import { auditCsv, listAudit } from '#lib/services/audit/list-audit.ts';
import { getRawAnswer } from '#lib/services/devices/known-device.ts';
import { reveal } from '#lib/services/devices/reveal.ts';
import { checkConnection } from '#lib/services/diagnostics/check-connection.ts';
import { describeService } from '#lib/services/diagnostics/describe-system.ts';
import { startDiscovery } from '#lib/services/discovery/start-discovery.ts';
import { listEvents } from '#lib/services/events/list-events.ts';
import { fleetCsv } from '#lib/services/inventory/fleet-csv.ts';
import { editNote, listNotes, setNoteRemoved, writeNote } from '#lib/services/notes/notes.ts';
import { type App, callerOf, credentialCallerOf, openApp, person } from '#lib/testing/app.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { createToken, listTokens, revokeToken } from './api-tokens.ts';
import { endSessionsOf, listPeople } from './people.ts';

// Routes and pages check permissions as well. These tests call every use case directly, to test its own check.

let app: App;
beforeAll(async () => {
  app = await openApp();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
});
afterAll(() => app.close());

const REF = { by: 'deviceId', id: '1001' } as const;
const as = (role: Role) => person(role, 'operator');
const credential = (role: Role): Credential => ({
  by: 'session',
  id: `session ${role}`,
  operator: as(role),
  claims: {},
});
const TOKEN = { name: 'desk', role: 'viewer', days: 1 } as const;
const ABOUT = { kind: 'device', key: '1001' } as const;
/** A note of the one person who asks here, whatever their role. */
const left = () => writeNote(app.services, callerOf(as('admin')), { about: ABOUT, text: 'left' });
const first = async (pieces: AsyncGenerator<unknown>) => pieces.next();

const CHANNEL: ChannelAsked = {
  kind: 'webhook',
  name: 'hook',
  locale: 'en',
  zone: 'UTC',
  url: 'https://hooks.example.com/',
};
const SCOPE = { everything: true, groups: [], rooms: [], devices: [] };
const RULE = {
  name: 'rule',
  on: true,
  which: { least: 'critical' as const },
  scope: SCOPE,
  channelIds: [],
  raiseAfterMs: 0,
  resolveAfterMs: 0,
};
/** A permitted person gets "not found", which is an answer too. */
const orNotThere = (asked: Promise<unknown>) =>
  asked.catch((error) => {
    if (error.reason !== 'invalid-question.not-there') throw error;
  });

const ALERTS: [verb: string, file: string, ask: (role: Role) => Promise<unknown>][] = [
  ['addChannel', 'alerts/channels', (role) => addChannel(app.services, callerOf(as(role)), CHANNEL)],
  [
    'changeChannel',
    'alerts/channels',
    (role) => orNotThere(changeChannel(app.services, callerOf(as(role)), { id: 'none', asked: CHANNEL })),
  ],
  ['removeChannel', 'alerts/channels', (role) => removeChannel(app.services, callerOf(as(role)), 'none')],
  [
    'testChannel',
    'alerts/channels',
    (role) => orNotThere(testChannel(app.services, callerOf(as(role)), 'none')),
  ],
  ['addRule', 'alerts/rules', (role) => addRule(app.services, callerOf(as(role)), RULE)],
  [
    'changeRule',
    'alerts/rules',
    (role) => orNotThere(changeRule(app.services, callerOf(as(role)), { id: 'none', asked: RULE })),
  ],
  ['removeRule', 'alerts/rules', (role) => removeRule(app.services, callerOf(as(role)), 'none')],
  [
    'createSilence',
    'alerts/rules',
    (role) => {
      const when = { kind: 'once', from: 0, until: app.clock.now() + 60_000 } as const;
      const asked = { scope: SCOPE, codes: null, when, reason: 'Rebuilding' };
      return createSilence(app.services, callerOf(as(role)), asked);
    },
  ],
  ['removeSilence', 'alerts/rules', (role) => removeSilence(app.services, callerOf(as(role)), 'none')],
  ['describeAlerts', 'alerts/describe-alerts', (role) => describeAlerts(app.services, as(role))],
  [
    'listDeliveries',
    'alerts/describe-alerts',
    (role) => listDeliveries(app.services, as(role), { before: null, limit: 1 }),
  ],
  [
    'sendAgain',
    'alerts/describe-alerts',
    (role) => orNotThere(sendAgain(app.services, callerOf(as(role)), 'none')),
  ],
];

type Verb = [verb: string, file: string, action: Action, ask: (role: Role) => Promise<unknown>];

const VERBS: Verb[] = [
  ...ALERTS.map(([verb, file, ask]): Verb => [verb, file, 'manage-alerts', ask]),
  ['listTokens', 'access/api-tokens', 'manage-tokens', (role) => listTokens(app.services, credential(role))],
  [
    'createToken',
    'access/api-tokens',
    'manage-tokens',
    (role) => createToken(app.services, credentialCallerOf(credential(role)), TOKEN),
  ],
  [
    'revokeToken',
    'access/api-tokens',
    'manage-tokens',
    (role) => revokeToken(app.services, credentialCallerOf(credential(role)), 'none'),
  ],
  [
    'describeService',
    'diagnostics/describe-system',
    'see-service',
    (role) => describeService(app.services, as(role)),
  ],
  [
    'fleetCsv',
    'inventory/fleet-csv',
    'export',
    (role) => first(fleetCsv(app.services, callerOf(as(role)), EVERY_DEVICE)),
  ],
  ['getRawAnswer', 'devices/known-device', 'see-raw', (role) => getRawAnswer(app.services, as(role), REF)],
  [
    'listAudit',
    'audit/list-audit',
    'see-audit',
    (role) => listAudit(app.services, as(role), EVERY_ENTRY, { before: null, limit: 1 }),
  ],
  [
    'auditCsv',
    'audit/list-audit',
    'see-audit',
    (role) => first(auditCsv(app.services, callerOf(as(role)), EVERY_ENTRY)),
  ],
  [
    'listEvents',
    'events/list-events',
    'see-events',
    (role) => listEvents(app.services, as(role), { deviceId: null, type: null }, { cursor: null, limit: 1 }),
  ],
  ['listNotes', 'notes/notes', 'see-notes', (role) => listNotes(app.services, as(role), ABOUT)],
  [
    'writeNote',
    'notes/notes',
    'write-notes',
    (role) => writeNote(app.services, callerOf(as(role)), { about: ABOUT, text: 'x' }),
  ],
  [
    'editNote',
    'notes/notes',
    'write-notes',
    async (role) => editNote(app.services, callerOf(as(role)), { id: (await left()).noteId, text: 'y' }),
  ],
  [
    'setNoteRemoved',
    'notes/notes',
    'write-notes',
    async (role) => {
      const { noteId: id } = await left();
      return setNoteRemoved(app.services, callerOf(as(role)), { id, removed: true });
    },
  ],
  ['listPeople', 'access/people', 'manage-people', (role) => listPeople(app.services, credential(role))],
  [
    'endSessionsOf',
    'access/people',
    'manage-people',
    (role) => endSessionsOf(app.services, credentialCallerOf(credential(role)), 'nobody'),
  ],
  [
    'reveal',
    'devices/reveal',
    'reveal',
    (role) =>
      reveal(app.services, callerOf(as(role)), {
        secret: { ref: REF, field: 'castCode', controller: null },
        reason: 'A guest cannot cast',
      }),
  ],
  [
    'checkConnection',
    'diagnostics/check-connection',
    'check-connection',
    async (role) => first(await checkConnection(app.services, callerOf(as(role)))),
  ],
  [
    'acknowledgeAuditGap',
    'audit/acknowledge-audit-gap',
    'acknowledge-audit-gap',
    (role) => acknowledgeAuditGap(app.services, callerOf(as(role))),
  ],
  [
    'startDiscovery',
    'discovery/start-discovery',
    'run-discovery',
    (role) => startDiscovery(app.services, callerOf(as(role))),
  ],
];

describe('a restricted use case', () => {
  test.each(VERBS)('%s is refused to roles below its minimum', async (_verb, _file, action, ask) => {
    for (const role of ROLES) {
      const asked = ask(role);
      if (can(role, action)) await asked;
      else await expect(asked, role).rejects.toMatchObject({ reason: 'not-permitted.role' });
    }
    expect(can('viewer', action)).toBe(false);
  });

  test.each([
    ['listTokens', (token: Credential) => listTokens(app.services, token)],
    ['createToken', (token: Credential) => createToken(app.services, credentialCallerOf(token), TOKEN)],
    ['revokeToken', (token: Credential) => revokeToken(app.services, credentialCallerOf(token), 'none')],
  ])('%s is refused to every API token', async (_verb, ask) => {
    const token: Credential = { by: 'token', id: 'one', operator: as('admin') };
    await expect(ask(token)).rejects.toMatchObject({ reason: 'not-permitted.token' });
  });

  test('is tested here for every file that has one', () => {
    const services = join(import.meta.dirname, '..');
    const files = readdirSync(services, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .filter((name) => readFileSync(join(services, name), 'utf8').includes('assertCan('))
      .map((name) => name.replace('.ts', ''));
    expect([...new Set(VERBS.map(([, file]) => file))].sort()).toEqual(files.sort());
  });
});
