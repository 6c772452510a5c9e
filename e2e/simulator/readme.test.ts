import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { APIS } from './apis.ts';
import { FAULT_KINDS } from './fault-kinds.ts';
import { HELP } from './options.ts';
import { PEOPLE } from './people.ts';
import { CONTROLS } from './serve-control.ts';

const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8');

test('the README names every call, control, fault, flag and person', () => {
  const calls = [...APIS, ...CONTROLS].map(({ method, path }) => `\`${method} ${path}\``);
  const flags = [...HELP.matchAll(/--[a-z-]+/g)].map(([flag]) => `\`${flag}\``);
  const names = [...Object.keys(FAULT_KINDS), ...PEOPLE.map(({ unionId }) => unionId)].map(
    (name) => `\`${name}\``,
  );
  const missing = [...calls, ...flags, ...names].filter((name) => !readme.includes(name));
  expect(missing).toEqual(['`GET /oauth2/auth/choose`']);
});
