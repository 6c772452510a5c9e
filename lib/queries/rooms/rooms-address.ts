import { EVERY_ROOM, type RoomsQuestion, roomsParams } from '#lib/domain/inventory/fleet-filter.ts';

/** The view with some of its question changed. */
export function withRooms(question: RoomsQuestion, change: Partial<RoomsQuestion>): URLSearchParams {
  return roomsParams({ ...question, ...change });
}

/** A list of choices with a value chosen, or without it when it was. */
export function turned<T>(chosen: T[], value: T): T[] {
  return chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
}

/** The view with nothing narrowed; the order and the moment stay. */
export function everyRoom({ sort, at, against }: RoomsQuestion): URLSearchParams {
  return roomsParams({ ...EVERY_ROOM, sort, at, against });
}

/** Whether anything is narrowed. */
export function isNarrowed({ q, group, status, label, condition }: RoomsQuestion): boolean {
  return q !== '' || group !== null || status.length > 0 || label.length > 0 || condition !== null;
}
