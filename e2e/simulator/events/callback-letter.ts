import { CallbackCrypto } from './callback-crypto.ts';
import { EVENT_APP } from './event-app.ts';
import type { Forgery } from './hostility.ts';

/** DingTalk's documents and its senders name the query's parts differently. */
export const SPELLINGS = ['msg_signature', 'signature', 'both'] as const;
export type Spelling = (typeof SPELLINGS)[number];

const STALE_MS = 2 * 86_400_000;
const CRYPTO = new CallbackCrypto(EVENT_APP);
const FORGERS: Record<Exclude<Forgery, 'stale' | 'organisation'>, CallbackCrypto> = {
  signature: new CallbackCrypto({ ...EVENT_APP, token: 'somebodyelse' }),
  owner: new CallbackCrypto({ ...EVENT_APP, owner: 'dingsomebodyelse' }),
  key: new CallbackCrypto({ ...EVENT_APP, aesKey: EVENT_APP.aesKey.replace('Sim', 'Bad') }),
};

type Letter = { message: string; now: number; spelling: Spelling; forge: Forgery | null };

/** A message as it goes to the callback address: what is signed in the query, what is encrypted in the body. */
export function writeLetter(address: string, letter: Letter): { url: URL; body: string } {
  const { now, spelling, forge } = letter;
  const crypto = forge && forge !== 'stale' && forge !== 'organisation' ? FORGERS[forge] : CRYPTO;
  const message = forge === 'organisation' ? ofOtherOrganisation(letter.message) : letter.message;
  const sealed = crypto.seal(message, String(forge === 'stale' ? now - STALE_MS : now));
  const url = new URL(address);
  if (spelling !== 'signature') {
    url.searchParams.set('msg_signature', sealed.signature);
    url.searchParams.set('timestamp', sealed.timestamp);
  }
  if (spelling !== 'msg_signature') {
    url.searchParams.set('signature', sealed.signature);
    url.searchParams.set('timeStamp', sealed.timestamp);
  }
  url.searchParams.set('nonce', sealed.nonce);
  return { url, body: JSON.stringify({ encrypt: sealed.encrypt }) };
}

const ofOtherOrganisation = (message: string) =>
  JSON.stringify({ ...(JSON.parse(message) as object), CorpId: 'dingothercorp' });

/** "success", or the error in the answer. */
export function readReply(status: number, text: string): string {
  if (status !== 200) return `status ${status}`;
  try {
    const { msg_signature, timeStamp, nonce, encrypt } = JSON.parse(text) as Record<string, unknown>;
    const said = CRYPTO.open({
      signature: String(msg_signature),
      timestamp: String(timeStamp),
      nonce: String(nonce),
      encrypt: String(encrypt),
    });
    return said === 'success' ? 'success' : `it decrypts to ${JSON.stringify(said)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
