/** The time zone that the reader's browser is set to, as IANA names it. */
export const readersZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
