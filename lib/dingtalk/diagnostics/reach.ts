import { lookup } from 'node:dns/promises';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure, type TLSSocket } from 'node:tls';
import { isCarried } from '#lib/egress/clients.ts';
import { type EgressProxy, proxyFailureCode } from '#lib/egress/egress-proxy.ts';

/** Longer than any handshake that calls would wait for. */
const PATIENCE_MS = 5_000;

/**
 * A host that a connection to stands. `tls` is null where the origin is plain http, as the simulator's. `proxy` is what the
 * connection went through, null where it went out directly; `addresses` are empty where the proxy resolved the name.
 */
export type Reached = {
  host: string;
  addresses: string[];
  ms: number;
  proxy: string | null;
  tls: { protocol: string; issuer: string; validTo: string } | null;
};

/**
 * A host that none stands to: at which stage it ended, and with what, such as `ENOTFOUND`. `issuer` is who signed a
 * certificate that was refused; empty where none came.
 */
export type NotReached = {
  host: string;
  stage: 'proxy' | 'name' | 'connection' | 'certificate';
  failure: string;
  proxy: string | null;
  issuer: string;
};

/** A certificate that is not good for the host. */
class NotTrusted extends Error {
  readonly code: string;
  readonly issuer: string;
  constructor(code: string, issuer: string) {
    super(code);
    this.code = code;
    this.issuer = issuer;
  }
}

/**
 * Resolves the name of an origin and connects to it, or has the proxy do both, with TLS and a certificate that is good for
 * it where it is https. Nothing is asked of whoever answers there, so it is no call. Never throws.
 */
export async function reach(origin: string, proxy: EgressProxy | null): Promise<Reached | NotReached> {
  const url = new URL(origin);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:' || url.protocol === 'wss:';
  const port = Number(url.port) || (isSecure ? 443 : 80);
  const carrier = isCarried(proxy, url) ? proxy : null;
  const common = { host, proxy: carrier?.address ?? null };
  const started = performance.now();
  let addresses: string[] = [];
  try {
    if (carrier === null) addresses = (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (thrown) {
    return { ...common, stage: 'name', failure: codeOf(thrown), issuer: '' };
  }
  try {
    const socket = await carrier?.connect({ host, port }, AbortSignal.timeout(PATIENCE_MS));
    const tls = await connected({ host, port, isSecure, socket });
    return { ...common, addresses, tls, ms: Math.round(performance.now() - started) };
  } catch (thrown) {
    const stage = stageOf(thrown);
    const issuer = thrown instanceof NotTrusted ? thrown.issuer : '';
    return { ...common, stage, failure: codeOf(thrown), issuer };
  }
}

function stageOf(thrown: unknown): NotReached['stage'] {
  if (proxyFailureCode(thrown) !== null) return 'proxy';
  return thrown instanceof NotTrusted ? 'certificate' : 'connection';
}

type Place = { host: string; port: number; isSecure: boolean; socket: Socket | undefined };

function connected({ host, port, isSecure, socket: existing }: Place): Promise<Reached['tls']> {
  return new Promise((resolve, reject) => {
    const begun = existing ? { socket: existing, host } : { host, port };
    const servername = isIP(host) === 0 ? { servername: host } : {};
    // Looked at below, so that the issuer of a certificate that is not good can be named. Nothing is sent before.
    const trust = { rejectUnauthorized: false };
    const socket: Socket = isSecure
      ? connectSecure({ ...begun, ...servername, ...trust })
      : (existing ?? connectPlain({ host, port }));
    const end = () => {
      const tls = socket as TLSSocket;
      if (!isSecure) resolve(null);
      else if (tls.authorized) resolve(tlsOf(tls));
      else reject(new NotTrusted(String(tls.authorizationError), issuerOf(tls)));
      // Not before: a socket that is gone knows no certificate.
      socket.destroy();
    };
    socket.setTimeout(PATIENCE_MS, () =>
      socket.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', reject);
    if (isSecure) socket.once('secureConnect', end);
    else if (existing) end();
    else socket.once('connect', end);
  });
}

const tlsOf = (socket: TLSSocket): Reached['tls'] => {
  const until = Date.parse(socket.getPeerCertificate().valid_to);
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    issuer: issuerOf(socket),
    validTo: Number.isNaN(until) ? '' : new Date(until).toISOString(),
  };
};

/** Whoever signed the certificate, as it says of itself: another's text, of which little is kept. */
function issuerOf(socket: TLSSocket): string {
  const { O: organisation, CN: name } = socket.getPeerCertificate().issuer ?? {};
  return [organisation, name]
    .flat()
    .filter(Boolean)
    .join(', ')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, 100)
    .toWellFormed();
}

function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,80}$/.test(code) ? code : 'unknown';
}
