import type {
  AlertRule,
  Channel,
  Delivery,
  DeliveryUpdate,
  Notification,
  NotificationName,
  Silence,
} from '#lib/domain/alerts/alert.ts';

/** Rows as their owner writes them, by key; null takes one away. */
export type RowChanges = ReadonlyMap<string, string | null>;

/** What was decided, to be kept whole or not at all. */
export type AlertDecision = {
  alerts: RowChanges;
  incidents: RowChanges;
  deliveries: readonly Delivery[];
};

/** How far the rules have come. What a row holds is its owner's own. */
export type SavedAlerts = { version: number; alerts: Map<string, string>; incidents: Map<string, string> };

/** A place in the log of deliveries. */
export type DeliveryPlace = { at: number; id: string };

/** Who is told of what, and what became of it. Times are milliseconds since the epoch; promises settle when durable. */
export type AlertStore = {
  /** In the order in which they were made. */
  alertRules(): Promise<AlertRule[]>;
  /** Makes one, or puts it in the place of the one with its id. */
  putAlertRule(rule: AlertRule): Promise<void>;
  /** Whether there was one. */
  deleteAlertRule(id: string): Promise<boolean>;
  channels(): Promise<Channel[]>;
  /** A channel with what it takes to send there, as it was sealed. */
  channelById(id: string): Promise<{ channel: Channel; sealed: string } | null>;
  putChannel(channel: Channel, sealed: string): Promise<void>;
  /** Puts another seal of the same target in the place of `before`; false when it was edited since. */
  resealChannel(id: string, before: string, sealed: string): Promise<boolean>;
  dropChannel(id: string): Promise<boolean>;
  /** Those that are not over at `now`. */
  silences(now: number): Promise<Silence[]>;
  putSilence(silence: Silence): Promise<void>;
  deleteSilence(id: string): Promise<boolean>;
  savedAlerts(): Promise<SavedAlerts>;
  /** Keeps what was decided from `version`; false, and nothing is kept, when somebody else has decided since. */
  saveAlerts(version: number, decided: AlertDecision): Promise<boolean>;
  /** `robotMessageAt` counts a message of a group robot against that month, see `noteDeliveries`. */
  addDelivery(delivery: Delivery, robotMessageAt: number | null): Promise<void>;
  deliveryById(id: string): Promise<Delivery | null>;
  /** Those that are still to be sent, the oldest first; of each channel so many, so that none stands before another. */
  waitingDeliveries(ofEach: number): Promise<Delivery[]>;
  /** All of an incident to one channel, the oldest first. */
  deliveriesOf(incidentId: string, channelId: string): Promise<Delivery[]>;
  /** One notification, whichever channel it went to; null when it is not kept any more. */
  notification(name: NotificationName): Promise<Notification | null>;
  /**
   * Records what became of deliveries, by id, all or none. With `robotMessageAt`, milliseconds since the epoch, one message
   * of a group robot is counted in the same transaction against the pushes of that month.
   */
  noteDeliveries(news: ReadonlyMap<string, DeliveryUpdate>, robotMessageAt: number | null): Promise<void>;
  /** Puts deliveries together into one message, whose id is sent with every attempt. */
  gatherDigest(ids: readonly string[], digest: string): Promise<void>;
  /** The delivery to a channel that was attempted last; null when nothing was. */
  lastAttempt(channelId: string): Promise<Delivery | null>;
  /** When a channel last accepted a message, milliseconds since the epoch. */
  lastSentAt(channelId: string): Promise<number | null>;
  /** Newest first, those before a place. */
  deliveries(before: DeliveryPlace | null, limit: number): Promise<Delivery[]>;
};
