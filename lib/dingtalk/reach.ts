import { lookup } from 'node:dns/promises';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure, type TLSSocket } from 'node:tls';

/** Longer than any handshake that calls would wait for. */
const PATIENCE_MS = 5_000;

/** A host that a connection to stands. `tls` is null where the origin is plain http, as the simulator's. */
export type Reached = {
  host: string;
  addresses: string[];
  ms: number;
  tls: { protocol: string; validTo: string } | null;
};

/** A host that none stands to: at which stage it ended, and with what, such as `ENOTFOUND`. */
export type NotReached = { host: string; stage: 'name' | 'connection' | 'certificate'; failure: string };

/**
 * Resolves the name of an origin and connects to it, with TLS and a certificate that is good for it where it is https.
 * Nothing is asked of whoever answers there, so it is no call. Never throws.
 */
export async function reach(origin: string): Promise<Reached | NotReached> {
  const url = new URL(origin);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const started = performance.now();
  let addresses: string[];
  try {
    addresses = (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (thrown) {
    return { host, stage: 'name', failure: codeOf(thrown) };
  }
  try {
    const tls = await connected(url, host);
    return { host, addresses, tls, ms: Math.round(performance.now() - started) };
  } catch (thrown) {
    const failure = codeOf(thrown);
    return { host, stage: isCertificate(failure) ? 'certificate' : 'connection', failure };
  }
}

function connected(url: URL, host: string): Promise<Reached['tls']> {
  const isSecure = url.protocol === 'https:' || url.protocol === 'wss:';
  const port = Number(url.port) || (isSecure ? 443 : 80);
  return new Promise((resolve, reject) => {
    const end = (socket: Socket, tls: Reached['tls']) => {
      socket.destroy();
      resolve(tls);
    };
    const socket: Socket = isSecure
      ? connectSecure({ host, port, servername: host }, () => end(socket, tlsOf(socket as TLSSocket)))
      : connectPlain({ host, port }, () => end(socket, null));
    socket.setTimeout(PATIENCE_MS, () =>
      socket.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', reject);
  });
}

const tlsOf = (socket: TLSSocket): Reached['tls'] => {
  const until = Date.parse(socket.getPeerCertificate().valid_to);
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    validTo: Number.isNaN(until) ? '' : new Date(until).toISOString(),
  };
};

const isCertificate = (failure: string) =>
  /CERT|SIGNATURE|SELF_SIGNED|ISSUER|ALTNAME|LEAF|CRL|HOSTNAME_MISMATCH/.test(failure);

function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'unknown';
}
