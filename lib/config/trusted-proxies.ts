import { BlockList, isIP } from 'node:net';

/**
 * A test for addresses that are in the list of addresses and networks, such as `10.0.0.7`, `10.0.0.0/8` or `fd00::/8`.
 * Throws RangeError for anything else in the list.
 */
export function trustsOf(proxies: Iterable<string>): (address: string) => boolean {
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

const isPrefix = (text: string, most: number) => /^\d{1,3}$/.test(text) && Number(text) <= most;

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}
