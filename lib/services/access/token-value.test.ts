import { expect, test } from 'vitest';
import { newTokenValue, tokenHash, tokenIdIn } from './token-value.ts';

test('a token value contains its name, has a recognizable shape, and is never created twice', () => {
  const made = Array.from({ length: 500 }, newTokenValue);
  for (const { id, value, secretHash } of made) {
    expect(value).toMatch(/^rd_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
    expect(tokenIdIn(value)).toBe(id);
    expect(tokenHash(value)).toBe(secretHash);
    expect(secretHash).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(new Set(made.map(({ id }) => id)).size).toBe(500);
  expect(new Set(made.map(({ value }) => value.slice(16, 59))).size).toBe(500);
});

test('a token value with any character changed, removed or added is invalid', () => {
  const { value } = newTokenValue();
  for (let at = 0; at < value.length; at += 1) {
    const other = value[at] === 'a' ? 'b' : 'a';
    expect(tokenIdIn(value.slice(0, at) + other + value.slice(at + 1)), `letter ${at}`).toBeNull();
    expect(tokenIdIn(value.slice(0, at) + value.slice(at + 1))).toBeNull();
  }
  for (const text of ['', 'rd_', `${value} `, ` ${value}`, `${value}\n`, 'x'.repeat(100_000)]) {
    expect(tokenIdIn(text)).toBeNull();
  }
});
