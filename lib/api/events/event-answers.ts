import { z } from 'zod';
import { text, time } from '#lib/api/values.ts';
import { EVENT_OUTCOMES } from '#lib/domain/events/device-event.ts';

export const eventTransport = z.enum(['callback', 'stream']);

/** An event of DingTalk: that it arrived and what became of it. */
export const event = z
  .strictObject({
    eventId: z.string(),
    type: z.string().describe('DingTalk’s name of the kind of event.'),
    deviceId: text,
    receivedAt: time,
    bornAt: time.nullable().describe('When DingTalk says that it happened.'),
    transport: eventTransport.describe('How it arrived.'),
    outcome: z.enum(EVENT_OUTCOMES),
  })
  .meta({ id: 'Event' });

export type ShownEvent = z.infer<typeof event>;

/** A page of events. */
export const eventsAnswer = z
  .strictObject({
    items: z.array(event).describe('Newest first.'),
    nextCursor: text.describe('The cursor of the next page; null on the last page.'),
  })
  .meta({ id: 'Events' });
