import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const LARGEST_BODY = 1_048_576;

/** A complete request. `params` are the path parts that the matched pattern names. */
export type Question = {
  method: string;
  url: string;
  path: string;
  query: URLSearchParams;
  params: Record<string, string>;
  headers: IncomingHttpHeaders;
  /** The address that the request came from. */
  peer: string;
  body: Buffer;
};

export async function readQuestion(request: IncomingMessage): Promise<Question> {
  const url = request.url ?? '/';
  const [path, search] = splitOnce(url, '?');
  return {
    method: request.method ?? 'GET',
    url,
    path,
    query: new URLSearchParams(search),
    params: {},
    headers: request.headers,
    peer: request.socket.remoteAddress ?? '',
    body: await readBody(request),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (length === undefined && encoding === undefined) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new RangeError('the request body is larger than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON object in the body; undefined for any other type, for no body and for broken JSON. */
export function jsonBody({ headers, body }: Question): Record<string, unknown> | undefined {
  if (!headers['content-type']?.includes('json')) return undefined;
  return parseObject(body);
}

/** The old APIs accept forms as well as JSON. */
export function looseBody(question: Question): Record<string, unknown> {
  if (question.headers['content-type']?.includes('x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(question.body.toString('utf8')));
  }
  return parseObject(question.body) ?? {};
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function parseObject(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function splitOnce(whole: string, mark: string): [string, string] {
  const at = whole.indexOf(mark);
  return at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at + 1)];
}
