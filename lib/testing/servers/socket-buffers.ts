import { existsSync, readFileSync } from 'node:fs';

/** The most that Linux buffers in one direction, bytes: the last of three numbers (tcp(7)). 0 on other systems. */
function mostOf(setting: 'tcp_rmem' | 'tcp_wmem'): number {
  const path = `/proc/sys/net/ipv4/${setting}`;
  return existsSync(path) ? Number(readFileSync(path, 'utf8').trim().split(/\s+/).at(-1)) : 0;
}

/** Bytes of a loopback connection that the system may hold although the receiver has not read them. */
export const SOCKET_BUFFER_BYTES = mostOf('tcp_rmem') + mostOf('tcp_wmem');
