type Options = { requestId: string; status?: number; type?: 'application/json' | 'application/problem+json' };

/** JSON for one person: never kept by anything in between, and named so that it can be found in the log. */
export function jsonResponse(body: unknown, options: Options): Response {
  const { requestId, status = 200, type = 'application/json' } = options;
  const headers = {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'private, no-store',
    'X-Request-Id': requestId,
  };
  // 204 may have no body.
  return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
}
