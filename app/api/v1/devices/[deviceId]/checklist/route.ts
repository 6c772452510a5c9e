import { route } from '#lib/http/route.ts';
import { takeBackCheck, tellCheck } from '#lib/services/notes/checks.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/devices/[deviceId]/checklist', {
  answer: ({ services, operator, input: { ref, ...told }, from }) =>
    tellCheck(services, operator, ref, { ...told, from }),
});

export const DELETE = route('DELETE /api/v1/devices/[deviceId]/checklist', {
  answer: ({ services, operator, input: { ref, step }, from }) =>
    takeBackCheck(services, operator, ref, { step, from }),
});
