import { route } from '#lib/http/route.ts';
import { recordCheck, takeBackCheck } from '#lib/services/notes/checks.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/devices/[deviceId]/checklist', {
  answer: ({ services, caller, input }) => recordCheck(services, caller, input),
});

export const DELETE = route('DELETE /api/v1/devices/[deviceId]/checklist', {
  answer: ({ services, caller, input }) => takeBackCheck(services, caller, input),
});
