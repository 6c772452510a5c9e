import { runtime } from '#lib/server/runtime.ts';

export const dynamic = 'force-dynamic';

/** The configuration is sound and the store answers. Says no more than that: it needs no session. */
export async function GET(): Promise<Response> {
  try {
    const { services } = await runtime();
    await services.store.ping();
    return Response.json({ status: 'ready' });
  } catch {
    return Response.json({ status: 'not-ready' }, { status: 503 });
  }
}
