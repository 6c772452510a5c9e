import { AppError } from '#lib/domain/errors.ts';
import type { Limits } from '#lib/services/access/limits.ts';

/** A request to next-auth: the first part of its path behind `/api/auth/`, and where it comes from. */
type Asked = {
  action: string;
  method: string;
  headers: Pick<Headers, 'get'>;
  address: string;
  /** Whether it brings back what a sign-in of this browser waits for. */
  isAwaited: () => Promise<boolean>;
};

/**
 * Lets next-auth handle a request within the limits of sign-ins, which hold for every provider: the start of a sign-in
 * (`POST signin/…`) and callbacks that no sign-in waits for. All others are counted where the provider is about to be
 * asked (`lib/auth/answer-once.ts`). What a foreign page made the browser send is refused before anything is counted.
 * Throws too-many-questions.sign-ins and not-permitted.foreign-page.
 */
export async function limitSignIns(
  limits: Pick<Limits, 'beginSignIn' | 'strayCallback'>,
  { action, method, headers, address, isAwaited }: Asked,
  handle: () => Promise<Response>,
): Promise<Response> {
  const [isStart, isEnd] = [action === 'signin' && method === 'POST', action === 'callback'];
  if ((isStart || isEnd) && isForeign(method, headers)) throw new AppError('not-permitted.foreign-page');
  if (isStart) await limits.beginSignIn({ address });
  if (isEnd && !(await isAwaited())) await limits.strayCallback({ address });
  return handle();
}

/**
 * A form is sent by a page of ours alone; a provider sends the whole page back, never an image or a frame. Browsers that
 * do not say so, and programs, are let through (W3C Fetch Metadata).
 */
function isForeign(method: string, headers: Pick<Headers, 'get'>): boolean {
  if (method === 'POST') return !['same-origin', 'none', null].includes(headers.get('sec-fetch-site'));
  return !['document', 'empty', null].includes(headers.get('sec-fetch-dest'));
}
