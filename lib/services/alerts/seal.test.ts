import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChannelTarget } from '#lib/domain/alerts/alert.ts';
import { createKeyring } from '#lib/store/sealing/keyring.ts';
import { createChannelSeal } from './seal.ts';

const [ONE, TWO] = ['the first secret, which is long enough', 'the second secret, which is long enough'];
const TARGET: ChannelTarget = { kind: 'webhook', url: 'https://hooks.example.com/x', secret: 'whsec_marker' };

const first = createChannelSeal(createKeyring(ONE));
const rotated = createChannelSeal(createKeyring(TWO, [ONE]));
const alone = createChannelSeal(createKeyring(TWO));

/** As channels were sealed before there was a common form. */
function firstForm(channelId: string, secret: string): string {
  const iv = randomBytes(12);
  const key = createHmac('sha256', secret).update('notification channels').digest();
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(channelId));
  const hidden = Buffer.concat([cipher.update(JSON.stringify(TARGET), 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')}`;
}

test('a channel opens under its ID, with the current secret or an earlier one', () => {
  const sealed = first.seal('c1', TARGET);
  expect(sealed).not.toContain('whsec_marker');
  expect(first.open('c1', sealed)).toEqual(TARGET);
  expect(first.open('c2', sealed)).toBeNull();
  expect(rotated.open('c1', sealed)).toEqual(TARGET);
  expect(alone.open('c1', sealed)).toBeNull();
  expect([first, rotated, alone].map((each) => each.isCurrent(sealed))).toEqual([true, false, false]);
});

test('channels in the previous format open with the current and earlier secrets, and are resealed', () => {
  const sealed = firstForm('c1', ONE);
  expect(first.open('c1', sealed)).toEqual(TARGET);
  expect(rotated.open('c1', sealed)).toEqual(TARGET);
  expect(rotated.open('c2', sealed)).toBeNull();
  expect(alone.open('c1', sealed)).toBeNull();
  expect(first.isCurrent(sealed)).toBe(false);
});
