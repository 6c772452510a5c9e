import { isIP } from 'node:net';

/** Whether an address is that of a trusted proxy. */
export type Trusts = (address: string) => boolean;

/**
 * The address of the client: the other end of the connection or, where that is a trusted proxy, the last address in
 * X-Forwarded-For that is not a trusted proxy. Addresses before that one were written by the client and prove nothing.
 */
export function askerAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  trusts: Trusts,
): string {
  let asker = bareAddress(remote ?? '');
  const claimed = (forwardedFor ?? '').split(',').map((part) => bareAddress(part.trim()));
  while (trusts(asker)) {
    const before = claimed.pop();
    if (before === undefined || isIP(before) === 0) break;
    asker = before;
  }
  return asker || 'unknown';
}

/** Without the port some proxies add, the brackets of IPv6 and the prefix of an IPv4 address on an IPv6 socket. */
export function bareAddress(address: string): string {
  const [, inBrackets] = /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? [];
  const [, withPort] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address) ?? [];
  return (inBrackets ?? withPort ?? address).replace(/^::ffff:(?=\d+\.)/i, '');
}
