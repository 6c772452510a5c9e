/**
 * Where a request comes from, an IP address; `unknown` where nobody told. The server in front of every route has put it
 * there instead of whatever the asker sent, so that it can be believed.
 */
export const clientAddress = (headers: Pick<Headers, 'get'>): string =>
  headers.get('x-forwarded-for')?.trim() || 'unknown';
