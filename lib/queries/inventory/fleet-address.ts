import {
  EVERY_DEVICE,
  type FleetFacet,
  type FleetQuestion,
  type FleetSort,
  fleetParams,
  NOT_SAID,
  readFleetQuestion,
} from '#lib/domain/inventory/fleet-filter.ts';

/** What a table of devices can show beside the name and the status, in this order. */
export const COLUMNS = [
  'room',
  'group',
  'issue',
  'model',
  'firmware',
  'software',
  'network',
  'deviceId',
  'unionId',
  'serial',
  'mac',
  'seen',
] as const;

export type Column = (typeof COLUMNS)[number];

/** What is shown to whoever has not chosen. */
export const USUAL_COLUMNS: readonly Column[] = ['issue', 'model', 'firmware', 'seen'];

/** Which devices, in which order, with which columns: all that the address says. */
export type FleetAddress = { question: FleetQuestion; columns: readonly Column[] };

/** Reads a view out of an address; columns that are not known are left out. */
export function readFleetAddress(params: URLSearchParams): FleetAddress {
  const named = params.get('columns');
  const chosen = named === null ? null : new Set(named.split(','));
  return {
    question: readFleetQuestion(params),
    columns: chosen ? COLUMNS.filter((column) => chosen.has(column)) : USUAL_COLUMNS,
  };
}

/** The address of a view; what is as usual is left out. */
export function fleetAddress({ question, columns }: FleetAddress): URLSearchParams {
  const params = fleetParams(question);
  if (columns.join() !== USUAL_COLUMNS.join()) params.set('columns', columns.join());
  return params;
}

/** The view with a value of a facet chosen, or without it when it was. */
export function withValueTurned(
  address: FleetAddress,
  facet: FleetFacet,
  value: string | null,
): URLSearchParams {
  const { facets } = address.question;
  const chosen = facets[facet];
  const values = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return withQuestion(address, { facets: { ...facets, [facet]: values } });
}

/** The view with some of its question changed. */
export function withQuestion(address: FleetAddress, change: Partial<FleetQuestion>): URLSearchParams {
  return fleetAddress({ ...address, question: { ...address.question, ...change } });
}

/** The view with nothing narrowed; order and columns stay. */
export function withoutFilters({ question, columns }: FleetAddress): URLSearchParams {
  return fleetAddress({
    question: { ...EVERY_DEVICE, sort: question.sort, at: question.at, against: question.against },
    columns,
  });
}

/** Whether anything is narrowed. */
export function isNarrowed({ q, room, notification, facets }: FleetQuestion): boolean {
  const isSome = q !== '' || room !== null || notification !== null;
  return isSome || Object.values(facets).some((values) => values.length > 0);
}

/** The order that pressing a header brings: its own first, then turned round. Newest readings come first. */
export function nextSort(now: FleetSort, name: Exclude<FleetSort, `-${string}`>): FleetSort {
  const first: FleetSort = name === 'seen' ? '-seen' : name;
  return now === first ? (first.startsWith('-') ? name : `-${name}`) : first;
}

/** A name for a value that is in no other. */
export const valueKey = (value: string | null) => value ?? NOT_SAID;
