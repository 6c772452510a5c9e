import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * What an address is counted under: an IPv4 address by itself, an IPv6 address with its /64, because one connection is given
 * a whole /64 (RFC 6177). IPv4 written as IPv6 is the IPv4 address; what is no address stays as it is.
 */
export function addressKey(address: string): string {
  const [bare = ''] = address.split('%');
  if (isIP(bare) !== 6) return address;
  // In hexadecimal: of `::192.0.2.1`, which is no IPv4 address, ipaddr.js makes the mapped `::ffff:192.0.2.1`.
  const parsed = ipaddr.IPv6.parse(new URL(`http://[${bare}]`).hostname.slice(1, -1));
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  const network = parsed.parts.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}
