import { randomBytes } from 'node:crypto';

export type Body = Record<string, unknown>;

/** An event before a transport gives it its format. Times are milliseconds. */
export type SimEvent = {
  eventId: string;
  eventType: string;
  bizId: string;
  corpId: string;
  bornAt: number;
  body: Body;
};

export const freshId = (): string => randomBytes(16).toString('hex');

/** Over HTTP, the business fields are beside DingTalk's own. */
export const flatForm = ({ eventId, eventType, bizId, corpId, bornAt, body }: SimEvent): Body => ({
  ...body,
  EventType: eventType,
  EventTime: bornAt,
  CorpId: corpId,
  BizId: bizId,
  eventId,
});
