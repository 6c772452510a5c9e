import type { Notification, NotificationLocale } from './alert.ts';

/** A notice in words, in one language. Texts are plain: whoever sends them escapes them for where they go. */
export type NotificationText = {
  /** What and where, in one line. */
  title: string;
  /** How many and since when. */
  lead: string;
  /** How many devices have which issue, a line for each; empty when all have the same. */
  codes: string[];
  /** `issue` is set where they differ. */
  devices: { name: string; room: string | null; since: string; issue: string | null }[];
  /** What is said of those who are not named; null when all are. */
  rest: string | null;
  /** What to do; null when there is nothing. */
  next: string | null;
  link: { word: string; url: string };
  /** Whose rule it was. */
  rule: string;
};

/** Puts a notice into words; moments are told by the clock of a time zone. */
export type TranslateNotification = (
  notification: Notification,
  locale: NotificationLocale,
  zone: string,
) => NotificationText;

/** Several notifications in one message. Texts are plain, as in NotificationText. */
export type DigestText = {
  title: string;
  /** Why they come together, and what that means for the reader. */
  lead: string;
  /** Those that are most urgent first. */
  entries: { severity: string; title: string; lead: string; url: string }[];
  /** How many more there are than entries; null when none. */
  rest: string | null;
  link: { word: string; url: string };
};

/** How much of the month's pushes is used, and how often robots send at most. */
export type PushUse = { used: number; limit: number; everyMs: number };

/** Puts several notifications into words, as one message of a group robot. */
export type TranslateDigest = (
  notifications: readonly Notification[],
  use: PushUse,
  reader: { locale: NotificationLocale; zone: string },
) => DigestText;
