import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { APIS } from './apis/apis.ts';
import { CONTROLS } from './controls/serve-control.ts';
import { EVENT_APP } from './events/event-app.ts';
import { EVENT_FORMS } from './events/event-forms.ts';
import { FORGERIES, PEACE } from './events/hostility.ts';
import { STREAM_ACTIONS } from './events/stream-actions.ts';
import { STREAM_STANDARD } from './events/stream-settings.ts';
import { FAULT_KINDS } from './faults/fault-kinds.ts';
import { HELP } from './help.mjs';
import { PEOPLE } from './people/people.ts';

const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8');

const EVENT_NAMES = [
  ...Object.entries(EVENT_FORMS).flatMap(([type, { eventType }]) => [type, eventType]),
  ...[PEACE, STREAM_STANDARD, STREAM_ACTIONS].flatMap((settings) => Object.keys(settings)),
  ...[...FORGERIES, EVENT_APP.token, EVENT_APP.aesKey, EVENT_APP.owner],
];

test('the README names every call, control, fault, event, flag and person', () => {
  const calls = [...APIS, ...CONTROLS].map(({ method, path }) => `\`${method} ${path}\``);
  const flags = [...HELP.matchAll(/--[a-z-]+/g)].map(([flag]) => `\`${flag}\``);
  const names = [...Object.keys(FAULT_KINDS), ...EVENT_NAMES, ...PEOPLE.map(({ unionId }) => unionId)].map(
    (name) => `\`${name}\``,
  );
  const missing = [...calls, ...flags, ...names].filter((name) => !readme.includes(name));
  expect(missing).toEqual(['`GET /oauth2/auth/choose`']);
});
