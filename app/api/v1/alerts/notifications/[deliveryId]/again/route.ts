import { route } from '#lib/http/route.ts';
import { sendAgain } from '#lib/services/alerts/describe-alerts.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/alerts/notifications/[deliveryId]/again', {
  answer: ({ services, caller, input }) => sendAgain(services, caller, input.deliveryId),
});
