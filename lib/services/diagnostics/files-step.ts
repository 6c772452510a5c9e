import { realpathSync } from 'node:fs';
import { type DoctorFact, fact } from '#lib/domain/diagnostics/doctor.ts';
import { isOpenToOthers, keptFiles, type SeenFile, seenFiles } from '#lib/store/engine/private-files.ts';
import type { Step } from './run-steps.ts';

/** Where Docker and Podman mount secrets, readable by every user of the container and changeable from outside alone. */
const MOUNTED = /^\/(?:var\/)?run\/secrets\//;

/** Whether other users of this machine can read the database, the backups or the files that hold secrets. */
export const FILES: Step = {
  name: 'files',
  needs: [],
  lacks: ({ context }) => (context.place === null ? 'configuration' : undefined),
  async run({ context: { place, secretFiles } }) {
    // Windows tells no such modes.
    const user = process.getuid?.();
    if (place === null || user === undefined)
      return { state: 'unknown', facts: [fact('files-without-modes')] };
    const files = [...keptFiles(place), ...seenFiles(secretFiles)];
    const open = files.filter(isOpenToOthers);
    const ours = open.filter((file) => isOurs(file, user));
    const facts = [...ours.map(openFact), ...open.filter((file) => !ours.includes(file)).map(givenFact)];
    if (ours.length > 0) return { state: 'failed', trouble: 'files-open', facts, isInTheWay: false };
    return { state: 'ok', facts: [...facts, fact('files-closed', { count: files.length - open.length })] };
  },
};

/** Whether this user decides its mode: a secret that a container platform mounts belongs to root, or is mounted as such. */
const isOurs = ({ path, uid }: SeenFile, user: number) =>
  (user === 0 || uid === user) && !MOUNTED.test(real(path));

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const openFact = ({ path, mode, isFolder }: SeenFile): DoctorFact =>
  fact('file-open', { path, mode: octal(mode), command: `chmod ${isFolder ? 700 : 600} ${quoted(path)}` });

const givenFact = ({ path, mode, uid }: SeenFile): DoctorFact =>
  fact('file-open-by-platform', { path, mode: octal(mode), owner: uid });

const octal = (mode: number) => mode.toString(8).padStart(4, '0');

/** For a POSIX shell. */
const quoted = (path: string) => (/^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
