import 'server-only';
import { createDecipheriv, createHmac, createSecretKey } from 'node:crypto';
import type { ChannelTarget } from '#lib/domain/alerts/alert.ts';
import type { Keyring } from '#lib/store/sealing/keyring.ts';
import { createTextSeal, sealKeyId } from '#lib/store/sealing/sealed-text.ts';

/** Keeps what it takes to send to a channel unreadable for whoever has the database alone. */
export type ChannelSeal = {
  /** Bound to the channel: under another id it does not open. */
  seal(channelId: string, target: ChannelTarget): string;
  /** Null when it was sealed with a secret that is not known, or is no longer whole. */
  open(channelId: string, sealed: string): ChannelTarget | null;
  /** Whether it is sealed with the current AUTH_SECRET. */
  isCurrent(sealed: string): boolean;
};

/** How channels were sealed before the common form. */
const FIRST_FORM = /^v1\.([A-Za-z0-9_-]{38,})$/;
/** Bytes, as AES-GCM has them. */
const IV = 12;
const TAG = 16;

/** Seals channels with the current AUTH_SECRET and opens those of earlier ones. */
export function createChannelSeal(keyring: Keyring): ChannelSeal {
  const { keyId, seal, open } = createTextSeal(keyring, 'notification channels');
  const firstKeys = keyring.secrets.map((secret) =>
    createSecretKey(createHmac('sha256', secret).update('notification channels').digest()),
  );
  const openFirst = (channelId: string, text: string): string | null => {
    const bytes = Buffer.from(text, 'base64url');
    for (const key of firstKeys) {
      try {
        const opening = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV), { authTagLength: TAG })
          .setAAD(Buffer.from(channelId))
          .setAuthTag(bytes.subarray(IV, IV + TAG));
        return Buffer.concat([opening.update(bytes.subarray(IV + TAG)), opening.final()]).toString('utf8');
      } catch {
        // Another secret sealed it.
      }
    }
    return null;
  };
  return {
    seal: (channelId, target) => seal(JSON.stringify(target), channelId),
    open(channelId, sealed) {
      const first = FIRST_FORM.exec(sealed)?.[1];
      const text = first === undefined ? open(sealed, channelId) : openFirst(channelId, first);
      return text === null ? null : (JSON.parse(text) as ChannelTarget);
    },
    isCurrent: (sealed) => sealKeyId(sealed) === keyId,
  };
}
