import { BlockList, isIP } from 'node:net';

/** Whether an address is one of the proxies whose word is believed. */
export type Trusts = (address: string) => boolean;

/** Reads addresses and networks such as `10.0.0.7`, `10.0.0.0/8` or `fd00::/8`. Throws RangeError for anything else. */
export function trustsOf(proxies: Iterable<string>): Trusts {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', prefix, ...rest] = proxy.split('/');
    const family = familyOf(address);
    const most = family === 'ipv4' ? 32 : 128;
    if (family === null || rest.length > 0 || (prefix !== undefined && !isPrefix(prefix, most))) {
      throw new RangeError(proxy);
    }
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const family = familyOf(address);
    return family !== null && list.check(address, family);
  };
}

/**
 * Who asks: the address at the other end of the line, or, where that is a trusted proxy, the last one in
 * X-Forwarded-For that is none. What stands before that was written by whoever asks and is worth nothing.
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

const isPrefix = (text: string, most: number) => /^\d{1,3}$/.test(text) && Number(text) <= most;

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}

/** Without the port some proxies add, the brackets of IPv6 and the prefix of an IPv4 address on an IPv6 socket. */
export function bareAddress(address: string): string {
  const [, inBrackets] = /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? [];
  const [, withPort] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address) ?? [];
  return (inBrackets ?? withPort ?? address).replace(/^::ffff:(?=\d+\.)/i, '');
}
