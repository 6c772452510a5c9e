import 'server-only';
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { ChannelTarget } from '#lib/domain/attention.ts';

/** Keeps what it takes to send to a channel unreadable for whoever has the database alone. */
export type ChannelSeal = {
  /** Bound to the channel: under another id it does not open. */
  seal(channelId: string, target: ChannelTarget): string;
  /** Null when it was sealed with another secret, or is no longer whole. */
  open(channelId: string, sealed: string): ChannelTarget | null;
};

const VERSION = 'v1';
/** Bytes, as AES-GCM has them. */
const IV = 12;
const TAG = 16;

/** The seal of a desk with that AUTH_SECRET: AES-256-GCM with a key derived from it. */
export function createChannelSeal(authSecret: string): ChannelSeal {
  // Derived, so that it is no use wherever else AUTH_SECRET is.
  const key = createSecretKey(createHmac('sha256', authSecret).update('attention channels').digest());
  return {
    seal(channelId, target) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(channelId));
      const hidden = Buffer.concat([cipher.update(JSON.stringify(target), 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')}`;
    },
    open(channelId, sealed) {
      const [version, text = ''] = sealed.split('.');
      const bytes = Buffer.from(text, 'base64url');
      if (version !== VERSION || bytes.length < IV + TAG) return null;
      try {
        const opening = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV), { authTagLength: TAG })
          .setAAD(Buffer.from(channelId))
          .setAuthTag(bytes.subarray(IV, IV + TAG));
        const shown = Buffer.concat([opening.update(bytes.subarray(IV + TAG)), opening.final()]);
        return JSON.parse(shown.toString('utf8')) as ChannelTarget;
      } catch {
        return null;
      }
    },
  };
}
