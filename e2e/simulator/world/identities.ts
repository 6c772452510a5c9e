import { Random } from './random.ts';

const HEX = '0123456789abcdef';
const ROOM_TAIL = '808b09d6ca6282ed';
const UNION_IDS = 1;
const ROOM_IDS = 2;
const ROOM_UNION_IDS = 3;

// Primes: multiplying by anything else than 0 modulo a prime never gives two things the same number.
const DEVICE_ID_SPACE = 79_999_987;
const CAST_CODE_SPACE = 899_981;

/** A place in the world: every device and every controller has its own number. */
export type Ref = number;

const SLOTS = 3;

/** Slot 0 is the device itself, 1 and 2 are its controllers. Ordinal 0 is the documented sample. */
export const refOf = (ordinal: number, slot = 0): Ref => ordinal * SLOTS + slot;
export const ordinalOf = (ref: Ref): number => Math.floor(ref / SLOTS);
export const slotOf = (ref: Ref): number => ref % SLOTS;

export const deviceIdOf = (seed: number, ref: Ref): string =>
  String(20_000_000 + ((ref * 31_415_927 + (seed >>> 0)) % DEVICE_ID_SPACE));

export const castCodeOf = (seed: number, ref: Ref): string =>
  String(100_000 + ((ref * 271_829 + (seed >>> 0)) % CAST_CODE_SPACE));

export const unionIdOf = (seed: number, ref: Ref): string => unionId(new Random(seed, UNION_IDS, ref));

export const roomUnionIdOf = (seed: number, room: number): string =>
  unionId(new Random(seed, ROOM_UNION_IDS, room));

const ESCAPED: Record<string, string> = { i: 'ii', '+': 'iP', '/': 'iS', '=': 'iE' };

/** 16 bytes in base64 with `i` as the escape, so that letters and digits are left: the form of DingTalk's samples. */
function unionId(random: Random): string {
  const bytes = Buffer.allocUnsafe(16);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32BE(random.next(), at);
  return bytes.toString('base64').replace(/[i+/=]/g, (sign) => ESCAPED[sign] ?? sign);
}

export const roomIdOf = (seed: number, room: number): string =>
  new Random(seed, ROOM_IDS, room).text(HEX, 32).concat(ROOM_TAIL);

/** Unique for fewer than 2^24 refs: an odd factor only shuffles the last three bytes. */
export function macOf(seed: number, ref: Ref, maker: string): string {
  const tail = (Math.imul(ref, 0x5bd1e9) + seed) & 0xff_ff_ff;
  return [maker, tail >>> 16, (tail >>> 8) & 0xff, tail & 0xff]
    .map((part) => (typeof part === 'string' ? part : part.toString(16).padStart(2, '0')))
    .join(':');
}

export const serialOf = (seed: number, ref: Ref): string =>
  `02ca${((Math.imul(ref, 0x2c1b3c6d) + seed) >>> 0).toString(16).padStart(8, '0')}`;

/** The room of the device that DingTalk documents. */
export const SAMPLE_ROOM_ID = '7263xxxxx';
export const SAMPLE_ROOM_NAME = 'Test Meeting Room';
