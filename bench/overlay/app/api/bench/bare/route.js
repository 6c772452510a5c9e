export const dynamic = 'force-dynamic';

let body = '{}';

/** The bytes to answer from now on, so that they are the very bytes of the query they are compared to. */
export async function PUT(request) {
  body = await request.text();
  return new Response(null, { status: 204 });
}

/** The least a route handler of Next can do. */
export function GET() {
  return new Response(body, { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
}
