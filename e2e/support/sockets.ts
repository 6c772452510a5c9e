import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A TCP socket of a process as the kernel reports it: the ports of both ends. */
export type HeldSocket = { own: number; peer: number; state: 'listening' | 'established' | 'closing' };

// include/net/tcp_states.h
const STATES: Record<string, HeldSocket['state']> = { '01': 'established', '0A': 'listening' };

/** Every TCP socket of a process on this machine. Only Linux reports them. */
export function socketsOf(pid: number): HeldSocket[] {
  const held = inodesOf(pid);
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => held.has(fields[9] ?? ''))
      .map(([, own, peer, state = '']) => ({
        own: portOf(own),
        peer: portOf(peer),
        state: STATES[state] ?? 'closing',
      })),
  );
}

const portOf = (address = '') => Number.parseInt(address.split(':')[1] ?? '0', 16);

function inodesOf(pid: number): Set<string> {
  const inodes = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
    } catch {
      // Closed since the list was made.
      return undefined;
    }
  });
  return new Set(inodes.filter((inode) => inode !== undefined));
}
