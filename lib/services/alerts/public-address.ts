import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4 } from 'node:net';

/** Networks that nothing public is in, by the registries of special-purpose addresses (RFC 6890 and what came after). */
const NOT_PUBLIC: [net: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Of IPv6 only what is given out to the world is public, and of that not what stands for IPv4 or for examples. */
const PUBLIC_V6 = ['2000::', 3] as const;
const NOT_PUBLIC_V6: [net: string, bits: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed4 = new BlockList();
for (const [net, bits] of NOT_PUBLIC) closed4.addSubnet(net, bits, 'ipv4');
const open6 = new BlockList();
open6.addSubnet(...PUBLIC_V6, 'ipv6');
const closed6 = new BlockList();
for (const [net, bits] of NOT_PUBLIC_V6) closed6.addSubnet(net, bits, 'ipv6');

/** Whether an IP address is somebody's on the open internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed4.check(address, 'ipv4');
  return isIP(address) === 6 && open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6');
}

const isLoopbackAddress = (address: string) => /^(127\.|::1$)/.test(address);

/** Whether a host, as an address writes it, is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || (isIP(host) !== 0 && isLoopbackAddress(host));
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
