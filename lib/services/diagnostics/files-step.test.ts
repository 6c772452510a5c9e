import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FILES } from './files-step.ts';
import type { Walk } from './run-steps.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  mkdirSync(join(dataDir, 'backups'), { mode: 0o700 });
  for (const name of ['rooms-desk.sqlite', 'rooms-desk.sqlite-wal', 'backups/one.jsonl.gz', "it's secret"]) {
    writeFileSync(join(dataDir, name), '', { mode: 0o600 });
  }
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const checkFiles = (databaseUrl: string | null = null, secretFiles = [join(dataDir, "it's secret")]) =>
  FILES.run({ context: { place: { databaseUrl, dataDir }, secretFiles } } as unknown as Walk);

test('accepts files and folders of their owner alone', async () => {
  expect(await checkFiles()).toEqual({
    state: 'ok',
    facts: [{ name: 'files-closed', values: { count: '6' } }],
  });
});

test.each([
  ['', 0o755, '0755', 'chmod 700 $'],
  ['rooms-desk.sqlite', 0o640, '0640', 'chmod 600 $'],
  ['rooms-desk.sqlite-wal', 0o604, '0604', 'chmod 600 $'],
  ['backups', 0o750, '0750', 'chmod 700 $'],
  ['backups/one.jsonl.gz', 0o644, '0644', 'chmod 600 $'],
  ["it's secret", 0o644, '0644', `chmod 600 '`],
])('names %j with other permissions and the command that fixes it', async (name, mode, shown, command) => {
  chmodSync(join(dataDir, name), mode);
  const found = await checkFiles();
  expect(found).toMatchObject({ state: 'failed', trouble: 'files-open', isInTheWay: false });
  const path = name === '' ? dataDir : join(dataDir, name);
  expect(found.facts).toEqual([
    {
      name: 'file-open',
      values: { path, mode: shown, command: expect.stringContaining(command.replace('$', path)) },
    },
  ]);
});

test('quotes the command when a path has a quote in it', async () => {
  chmodSync(join(dataDir, "it's secret"), 0o644);
  expect((await checkFiles()).facts[0]?.values.command).toBe(`chmod 600 '${dataDir}/it'\\''s secret'`);
});

test('remarks on a secret that belongs to another user, as a mounted one does', async () => {
  const found = await checkFiles(null, ['/etc/passwd']);
  const isRoot = process.getuid?.() === 0;
  expect(found.state).toBe(isRoot ? 'failed' : 'ok');
  expect(found.facts[0]).toMatchObject({ name: isRoot ? 'file-open' : 'file-open-by-platform' });
});

test('checks the data folder for backups only with PostgreSQL', async () => {
  chmodSync(dataDir, 0o755);
  expect(await checkFiles('postgres://localhost/x')).toMatchObject({ state: 'ok' });
});
