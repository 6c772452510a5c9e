import { describe, expect, test } from 'vitest';
import { decrypted, encrypted } from './encryption.ts';

const PASSPHRASE = 'correct horse battery staple';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const each of source) found.push(each);
  return Buffer.concat(found);
}

/** The real cost takes half a second for each key. */
const CHEAP = { N: 2 };
const encrypt = (bytes: Buffer, size = 10_000) => all(encrypted(pieces(bytes, size), PASSPHRASE, CHEAP));
const decrypt = (bytes: Buffer, passphrase: string | null = PASSPHRASE, size = 7_001) =>
  all(decrypted(pieces(bytes, size), 'a file', passphrase, CHEAP));

const CHUNK = 64 * 1024;

describe('an encrypted backup', () => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])(
    'is restored unchanged, %d bytes long, however it is read',
    async (length) => {
      const bytes = Buffer.alloc(length, 'secret');
      const hidden = await encrypt(bytes);
      expect(hidden.includes('secret')).toBe(false);
      expect(await decrypt(hidden)).toEqual(bytes);
      expect(await decrypt(hidden, PASSPHRASE, 1e9)).toEqual(bytes);
    },
  );

  test('derives its key with scrypt at N = 131,072, r = 8 and p = 1 unless a test asks for less', async () => {
    const hidden = await all(encrypted(pieces(Buffer.from('secret'), 9), PASSPHRASE));
    const strong = { N: 131_072, r: 8, p: 1, maxmem: 2 ** 28 };
    const read = (...cost: [object?]) => all(decrypted(pieces(hidden, 9), 'a file', PASSPHRASE, ...cost));
    expect(await read(strong)).toEqual(Buffer.from('secret'));
    expect(await read()).toEqual(Buffer.from('secret'));
    await expect(read(CHEAP)).rejects.toThrow('cannot be decrypted');
  });

  test('is refused without its passphrase', async () => {
    const hidden = await encrypt(Buffer.from('secret'));
    await expect(decrypt(hidden, null)).rejects.toThrow('BACKUP_PASSPHRASE');
    await expect(decrypt(hidden, 'another passphrase')).rejects.toThrow('passphrase is another one');
  });

  test('is refused when it was changed, cut at a chunk, or its chunks were swapped', async () => {
    const hidden = await encrypt(Buffer.alloc(3 * CHUNK + 5, 'secret'));
    const first = hidden.indexOf('\n') + 1;
    const chunk = (at: number) => hidden.subarray(first + at * (CHUNK + 16), first + (at + 1) * (CHUNK + 16));
    const line = hidden.subarray(0, first);
    const changed = Buffer.from(hidden);
    changed[first + 100_000] = (changed[first + 100_000] ?? 0) ^ 1;
    for (const bad of [
      changed,
      hidden.subarray(0, first + 2 * (CHUNK + 16)),
      hidden.subarray(0, hidden.length - 1),
      hidden.subarray(0, first),
      Buffer.concat([line, chunk(1), chunk(0), chunk(2), chunk(3)]),
      Buffer.concat([line, chunk(0), chunk(2), chunk(3)]),
      Buffer.concat([hidden, Buffer.from('more')]),
    ]) {
      await expect(decrypt(bad)).rejects.toThrow('cannot be decrypted');
    }
  });

  test('that is not encrypted is read unchanged', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(5_000, 'x'),
      Buffer.from('{"format":"other"}\nrest'),
    ]) {
      expect(await decrypt(bytes, null)).toEqual(bytes);
    }
  });
});
