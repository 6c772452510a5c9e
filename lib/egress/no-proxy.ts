import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** Whether a connection to a host and port goes out directly. Hosts may be written with brackets or a final dot. */
export type Bypass = (host: string, port: number) => boolean;

/** Answers for a host in lower case, without brackets and final dot. */
type Rule = (host: string, port: number) => boolean;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Reads NO_PROXY: entries with commas, semicolons or spaces between, each `*`, a name (`example.com` and `.example.com`: it
 * and all names below, `*.example.com`: those below alone), an address or a network (`10.0.0.0/8`, also as `10.*` or
 * `192.168.*.*`), or `<local>` for names without a dot; all but networks in the first form with a port where wanted
 * (`example.com:8443`, `[fd00::1]:443`). Names are compared, never resolved, as curl does it. Loopback is
 * always direct. Throws RangeError whose message is the entry that is none of these.
 */
export function readNoProxy(text: string): Bypass {
  const rules = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(ruleOf);
  return (host, port) => {
    const bare = bareHost(host);
    return isLoopbackHost(bare) || rules.some((rule) => rule(bare, port));
  };
}

/** The host of a URL as sockets take it. */
export const bareHost = (host: string): string =>
  host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/(.)\.$/, '$1')
    .toLowerCase();

function isLoopbackHost(host: string): boolean {
  const family = familyOf(host);
  return family === null ? /(^|\.)localhost$/.test(host) : loopback.check(host, family);
}

function ruleOf(entry: string): Rule {
  const [, inBrackets, bracketPort] = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(entry) ?? [];
  const [, named, namedPort] = /^([^:]+):(\d{1,5})$/.exec(entry) ?? [];
  const matches = hostRule(inBrackets ?? named ?? entry);
  const port = Number(bracketPort ?? namedPort ?? 0);
  if (matches === null || port > 65_535) throw new RangeError(entry);
  return (host, to) => (port === 0 || port === to) && matches(host);
}

function hostRule(text: string): ((host: string) => boolean) | null {
  if (text === '*') return () => true;
  if (text.toLowerCase() === '<local>') return (host) => familyOf(host) === null && !host.includes('.');
  const network = networkOf(text);
  if (network !== null) return addressRule(network.address, String(network.bits), 'ipv4');
  const [address = '', prefix, ...rest] = text.split('/');
  const family = familyOf(address);
  if (family !== null && rest.length === 0) return addressRule(address, prefix, family);
  // What is not part of a name would be cut off from it unseen.
  if (/[/:?#@\\]/.test(text)) return null;
  const name = domainToASCII(text.replace(/^\*?\./, '').replace(/\.$/, '')).toLowerCase();
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) return null;
  const isBelow = (host: string) => host.endsWith(`.${name}`);
  return text.startsWith('*') ? isBelow : (host) => host === name || isBelow(host);
}

/** An IPv4 network whose end is written with asterisks, `10.*` or `192.168.*.*`; null for anything else. */
function networkOf(text: string): { address: string; bits: number } | null {
  const [, fixed] = /^((?:\d{1,3}\.){1,3})\*(?:\.\*)*$/.exec(text) ?? [];
  if (fixed === undefined || text.split('.').length > 4) return null;
  const parts = fixed.split('.').filter(Boolean);
  const address = [...parts, '0', '0', '0'].slice(0, 4).join('.');
  return isIP(address) === 4 ? { address, bits: parts.length * 8 } : null;
}

function addressRule(address: string, prefix: string | undefined, family: 'ipv4' | 'ipv6') {
  const list = new BlockList();
  const bits = Number(prefix);
  if (prefix === undefined) list.addAddress(address, family);
  else if (!/^\d{1,3}$/.test(prefix) || bits > (family === 'ipv4' ? 32 : 128)) return null;
  else list.addSubnet(address, bits, family);
  return (host: string) => {
    const own = familyOf(host);
    return own !== null && list.check(host, own);
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}
