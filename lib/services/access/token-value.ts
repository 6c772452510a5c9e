import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 12;
/** 62^43 is a little more than 2^256. */
const SECRET_LENGTH = 43;
const CHECK_LENGTH = 6;

const VALUE = /^(rd_([0-9A-Za-z]{12})_[0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A token's value with the part that names it; `secretHash` is all that is kept. */
export type TokenValue = { id: string; value: string; secretHash: string };

/**
 * Makes a value: `rd_`, the public part, 256 random bits and a checksum over all of it, the whole in letters and digits, so
 * that it is found in a text by its shape and told from anything that only looks like it.
 */
export function newTokenValue(): TokenValue {
  const [id, secret] = [anyDigits(ID_LENGTH), anyDigits(SECRET_LENGTH)];
  const named = `rd_${id}_${secret}`;
  const value = named + checkOf(named);
  return { id, value, secretHash: tokenHash(value) };
}

/** The public part of a value; null for what cannot be one. */
export function tokenIdIn(value: string): string | null {
  const [, named, id, check] = VALUE.exec(value) ?? [];
  return named !== undefined && id !== undefined && checkOf(named) === check ? id : null;
}

/** SHA-256 in hex. A hash made for passwords would be slower and no safer: there is nothing to guess among 2^256. */
export const tokenHash = (value: string): string => createHash('sha256').update(value).digest('hex');

const anyDigits = (length: number) => Array.from({ length }, () => DIGITS[randomInt(DIGITS.length)]).join('');

const checkOf = (text: string) => inDigits(crc32(text), CHECK_LENGTH);

function inDigits(number: number, length: number): string {
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) text = DIGITS[rest % 62] + text;
  return text.padStart(length, '0');
}
