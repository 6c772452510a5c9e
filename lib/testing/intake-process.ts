/**
 * Receives events by one transport, as the server does, until it is killed: `node intake-process.ts '{"transport":
 * …}'`. Prints `{"url": …}` when it is ready. A separate process, so that it can be killed at any moment.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDingTalk } from '#lib/dingtalk/dingtalk.ts';
import { createCallback } from '#lib/dingtalk/events/callback.ts';
import { NO_REQUEST } from '#lib/domain/access/access.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { createOwnOrganisation } from '#lib/services/access/own-organisation.ts';
import { createAudit } from '#lib/services/audit/audit.ts';
import { receiveCallback } from '#lib/services/events/receive-callback.ts';
import { receiveEvent } from '#lib/services/events/receive-event.ts';
import { createSealer } from '#lib/store/audit/audit-chain.ts';
import { openPostgresStore } from '#lib/store/postgres.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import { KEYS, SECRET } from './keys.ts';

/** The options; `database` is an address or a folder. */
export type IntakeOptions = {
  transport: 'callback' | 'stream';
  database: string;
  origin: string;
  token: string;
  aesKey: string;
  port: number;
};

const options = JSON.parse(process.argv[2] ?? '{}') as IntakeOptions;
const { database, origin, token, aesKey, port } = options;
const store = /^postgres/.test(database)
  ? await openPostgresStore(database, KEYS)
  : await openSqliteStore(database, KEYS);
const context = {
  store,
  clock: systemClock,
  organisation: createOwnOrganisation(store, 'dingsimcorp', systemClock),
  audit: createAudit({ store, sealer: createSealer(SECRET), clock: systemClock, warn: () => undefined }),
};
const print = (url: string | null) => void process.stdout.write(`${JSON.stringify({ url })}\n`);

if (options.transport === 'stream') {
  const dingtalk = createDingTalk({
    apiOrigin: origin,
    oapiOrigin: origin,
    loginOrigin: origin,
    clientId: 'dingsimulator',
    clientSecret: 'simulator-secret',
    corpId: null,
    callsPerSecond: 60,
    clock: systemClock,
    random: Math.random,
  });
  const opened = Promise.withResolvers<void>();
  dingtalk.openStream({
    onEvent: async (event) => {
      await receiveEvent(context, event, 'stream', NO_REQUEST);
      return 'kept';
    },
    onState: ({ state }) => {
      if (state === 'open') opened.resolve();
    },
  });
  await opened.promise;
  print(null);
} else {
  const callback = createCallback({
    token,
    aesKey,
    clientId: 'dingsimulator',
    clock: systemClock,
    bytes: randomBytes,
  });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
    try {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
      const reply = await receiveCallback(context, callback, { query, body }, NO_REQUEST);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    } catch {
      response.writeHead(500).end();
    }
  });
  server.listen(port, '127.0.0.1', () => {
    const { port: taken } = server.address() as AddressInfo;
    print(`http://127.0.0.1:${taken}/`);
  });
}
