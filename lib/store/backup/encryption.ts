import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { BackupError } from './contents.ts';

/** What the first line of an encrypted backup says. */
type Envelope = { format: 'rooms-desk encrypted backup'; version: 1; salt: string; nonce: string };

const FORMAT: Envelope['format'] = 'rooms-desk encrypted backup';

/** Half a second and 128 MiB for each guess of a passphrase (RFC 7914; OWASP's first choice of parameters). */
const SCRYPT: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 ** 2 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const TAG = 16;
/** Bytes that are encrypted, and authenticated, together. */
const CHUNK = 64 * 1024;
/** The rest of the 12 bytes is the number of the chunk and whether it is the last. */
const NONCE_BYTES = 7;
const LONGEST_FIRST_LINE = 1024;

const keyOf = (passphrase: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> =>
  promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)(
    passphrase.normalize('NFKC'),
    salt,
    KEY_BYTES,
    cost,
  );

/** As in the STREAM construction: chunks can neither change places nor be left out, at the end either. */
function ivOf(nonce: Buffer, at: number, isLast: boolean): Buffer {
  const rest = Buffer.alloc(12 - NONCE_BYTES);
  rest.writeUInt32BE(at);
  rest.writeUInt8(isLast ? 1 : 0, 4);
  return Buffer.concat([nonce, rest]);
}

/** Encrypts a stream of bytes with AES-256-GCM under a key made of the passphrase. Only tests give another `cost`. */
export async function* encrypted(
  source: AsyncIterable<Buffer>,
  passphrase: string,
  cost = SCRYPT,
): AsyncGenerator<Buffer> {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)];
  const key = await keyOf(passphrase, salt, cost);
  const envelope: Envelope = {
    format: FORMAT,
    version: 1,
    salt: salt.toString('hex'),
    nonce: nonce.toString('hex'),
  };
  const line = Buffer.from(`${JSON.stringify(envelope)}\n`);
  yield line;
  let at = 0;
  const sealed = (chunk: Buffer, isLast: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, ivOf(nonce, at++, isLast)).setAAD(line);
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  };
  let rest = Buffer.alloc(0);
  for await (const bytes of source) {
    rest = Buffer.concat([rest, bytes]);
    for (; rest.length > CHUNK; rest = rest.subarray(CHUNK)) yield sealed(rest.subarray(0, CHUNK), false);
  }
  yield sealed(rest, true);
}

/** The bytes of a backup as they were before they were encrypted; those of one that is not encrypted as they are. */
export async function* decrypted(
  source: AsyncIterable<Buffer>,
  path: string,
  passphrase: string | null,
  cost = SCRYPT,
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let rest = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { value, done } = await chunks.next();
    if (!done) rest = Buffer.concat([rest, value]);
    return !done;
  };
  while (rest.indexOf('\n') < 0 && rest.length < LONGEST_FIRST_LINE && (await more()));
  const line = rest.subarray(0, rest.indexOf('\n') + 1);
  const envelope = asEnvelope(line.toString('utf8'));
  if (envelope === null) {
    do {
      yield rest;
      rest = Buffer.alloc(0);
    } while (await more());
    return;
  }
  if (passphrase === null) {
    throw new BackupError(`${path} is encrypted: set BACKUP_PASSPHRASE, or BACKUP_PASSPHRASE_FILE.`);
  }
  rest = rest.subarray(line.length);
  const [salt, nonce] = [Buffer.from(envelope.salt, 'hex'), Buffer.from(envelope.nonce, 'hex')];
  const key = await keyOf(passphrase, salt, cost);
  for (let [at, isLast] = [0, false]; !isLast; at += 1) {
    while (rest.length <= CHUNK + TAG && (await more()));
    isLast = rest.length <= CHUNK + TAG;
    yield opened(rest.subarray(0, CHUNK + TAG), key, { iv: ivOf(nonce, at, isLast), line, path });
    rest = rest.subarray(CHUNK + TAG);
  }
}

function opened(chunk: Buffer, key: Buffer, { iv, line, path }: { iv: Buffer; line: Buffer; path: string }) {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG })
      .setAAD(line)
      .setAuthTag(chunk.subarray(-TAG));
    return Buffer.concat([decipher.update(chunk.subarray(0, -TAG)), decipher.final()]);
  } catch {
    throw new BackupError(
      `${path} cannot be decrypted: the passphrase is another one, or the file is damaged.`,
    );
  }
}

function asEnvelope(line: string): Envelope | null {
  try {
    const { format, version, salt, nonce } = JSON.parse(line) as Partial<Envelope>;
    const isOurs =
      format === FORMAT && version === 1 && typeof salt === 'string' && typeof nonce === 'string';
    return isOurs ? { format, version, salt, nonce } : null;
  } catch {
    return null;
  }
}
