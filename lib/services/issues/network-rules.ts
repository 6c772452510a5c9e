import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Issue } from '#lib/domain/issues/issue.ts';
import { isOffline, ownState, type Subject, said } from './subject.ts';

/** What kind of address it is, such as `linkLocal`; an IPv6 address may name the interface it is of. */
const rangeOf = (ip: string) => (isIP(ip) === 0 ? null : ipaddr.process(ip.replace(/%.*$/, '')).range());

/** A device that can be reached has an address, and one that others can reach. */
export function addressError(subject: Subject): Issue[] {
  if (isOffline(subject)) return [];
  const { type, ip } = subject.device.network;
  const connected = said(subject, 'network.type', type);
  const reached = ownState(subject);
  const address = said(subject, 'network.ip', ip);
  if (ip === null || ip === '')
    return type === 'wired' ? [{ code: 'wired-without-ip', evidence: [address, connected, reached] }] : [];
  const range = rangeOf(ip);
  if (range === 'linkLocal') return [{ code: 'link-local-ip', evidence: [address, reached] }];
  return range === 'loopback' ? [{ code: 'loopback-ip', evidence: [address, reached] }] : [];
}
