import { BlockList, isIP } from 'node:net';
import type { Issue } from '#lib/domain/issues/issue.ts';
import { isOffline, ownState, type Subject, said } from './subject.ts';

// RFC 3927 and RFC 4291: addresses that a machine gives itself when nobody gave it one.
const LINK_LOCAL = blocks(['169.254.0.0', 16], ['fe80::', 10]);
// RFC 1122 and RFC 4291: the machine itself.
const LOOPBACK = blocks(['127.0.0.0', 8], ['::1', 128]);

function blocks(...subnets: [address: string, prefix: number][]): (ip: string) => boolean {
  const list = new BlockList();
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, family(address));
  // An IPv6 address may name the interface it is of.
  return (ip) => isIP(ip) !== 0 && list.check(ip.split('%')[0] ?? ip, family(ip));
}

function family(ip: string): 'ipv4' | 'ipv6' {
  return isIP(ip) === 6 ? 'ipv6' : 'ipv4';
}

/** A device that can be reached has an address, and one that others can reach. */
export function addressTrouble(subject: Subject): Issue[] {
  if (isOffline(subject)) return [];
  const { type, ip } = subject.device.network;
  const connected = said(subject, 'network.type', type);
  const reached = ownState(subject);
  const address = said(subject, 'network.ip', ip);
  if (ip === null || ip === '')
    return type === 'wired' ? [{ code: 'wired-without-ip', evidence: [address, connected, reached] }] : [];
  if (LINK_LOCAL(ip)) return [{ code: 'link-local-ip', evidence: [address, reached] }];
  return LOOPBACK(ip) ? [{ code: 'loopback-ip', evidence: [address, reached] }] : [];
}
