import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All IPv6 addresses that are given out to the world (RFC 4291); ipaddr.js calls unassigned ones outside it unicast too. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Whether an IP address is somebody's on the open internet. */
export function isPublicAddress(address: string): boolean {
  const parsed = parseAddress(address);
  return parsed?.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6));
}

const isLoopbackAddress = (address: string) => parseAddress(address)?.range() === 'loopback';

/** Null for what is no IP address. Checked by Node first, because ipaddr.js also reads octal and shortened IPv4. */
const parseAddress = (text: string) => (isIP(text) === 0 ? null : ipaddr.parse(text.replace(/%.*$/, '')));

/** Whether a host, as an address writes it, is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || isLoopbackAddress(host);
}

/** Where messages may go: `private` also into this network, `loopback` over plain HTTP to this machine, for a demo. */
export type Reach = { private: boolean; loopback: boolean };

/** A host's addresses, if every one of them may be asked; null when one may not. Rejects when there is none. */
export async function allowedAddresses(url: URL, reach: Reach): Promise<string[] | null> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  const isAllowed = (address: string) => {
    if (url.protocol === 'http:' || (reach.loopback && isLoopbackAddress(address)))
      return reach.loopback && isLoopbackAddress(address);
    return reach.private || isPublicAddress(address);
  };
  return found.every(isAllowed) ? found : null;
}

/** Whether an address is one that messages may be sent to, as far as it says by itself. */
export function isAllowedUrl(url: URL, reach: Reach): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.username || url.password) return false;
  if (url.protocol === 'http:') return reach.loopback && isLoopbackHost(host);
  if (url.protocol !== 'https:') return false;
  return (
    isIP(host) === 0 || reach.private || isPublicAddress(host) || (reach.loopback && isLoopbackAddress(host))
  );
}
