import { eventCallback } from '#lib/http/event-callback.ts';

export const dynamic = 'force-dynamic';

export const POST = eventCallback;
