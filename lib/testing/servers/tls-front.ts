import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';

// An authority and a certificate for *.rooms.test, localhost, 127.0.0.1 and 20.0.0.7, made for tests alone with openssl;
// the authority's own key was thrown away.
const file = (name: string) => new URL(`../tls/${name}.pem`, import.meta.url);
const pem = (name: string) => readFileSync(file(name), 'utf8');

/** The certificate that is proven by the authority of tests, and its key. */
export const TEST_CERTIFICATE = { cert: pem('cert'), key: pem('key') };

/** The authority's file, for NODE_EXTRA_CA_CERTS. */
export const TEST_AUTHORITY_FILE = file('ca').pathname;

/** Makes this process believe the authority of tests, as NODE_EXTRA_CA_CERTS would; call the answer to end it. */
export function trustTestAuthority(): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, pem('ca')]);
  return () => setDefaultCACertificates(before);
}

/** A server on this machine that takes TLS off and hands the rest to a port beside it. */
export async function startTlsFront(toPort: number): Promise<{ port: number; close(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer(TEST_CERTIFICATE, (outer) => {
    open.add(outer.on('close', () => open.delete(outer)));
    const inner = connect({ host: '127.0.0.1', port: toPort });
    outer.pipe(inner).pipe(outer);
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
