/** How rows are ordered: by a value that may be missing, missing ones last whichever way it goes. */
export type Order<R> = { valueOf: (row: R) => string | number | null; descending: boolean };

/** Where a page ended: the value and the name of its last row, so that it goes on there whatever came between. */
export type Place = { value: string | number | null; name: string };

/** Rows by id, with any number of orders that are kept right while rows change. */
export type OrderedRows<R> = {
  get(id: string): R | undefined;
  put(row: R): void;
  remove(id: string): void;
  /** Changes rows where they stand, in what these orders alone are made of. */
  amend(slots: readonly number[], change: (row: R) => void, orders: readonly string[]): void;
  /** Slots are stable small numbers for columns beside the rows; a freed one is used again. */
  slotOf(id: string): number | undefined;
  at(slot: number): R | undefined;
  forEach(visit: (row: R) => void): void;
  /** One more than the highest slot in use. */
  readonly end: number;
  readonly size: number;
  /** Up to `limit` rows in this order after the place for which `passes` holds, and whether there are more. */
  page(order: string, after: Place | null, limit: number, passes: (slot: number) => boolean): Page<R>;
};

export type Page<R> = { rows: R[]; last: Place | null; more: boolean };

/** Rows that differ only behind this are ordered by their names: a place must fit into an address. */
const LONGEST_VALUE = 100;

/** To move more rows than this one by one takes longer than to sort all of them anew. */
const MOST_MOVED = 200;

// Numbers in names by their value, Chinese by its sound, capitals beside small letters.
const collator = new Intl.Collator('zh', { numeric: true });

/**
 * Makes rows that are found by `idOf` and walked in the given orders, each of which is sorted when first asked for.
 * `nameOf` decides among equals; it is in every place, and a place may leave the server.
 */
export function createOrderedRows<R>(
  { idOf, nameOf }: Names<R>,
  orders: (name: string) => Order<R> | undefined,
): OrderedRows<R> {
  const rows: (R | undefined)[] = [];
  const slots = new Map<string, number>();
  const free: number[] = [];
  const sortings = createSortings(rows, slots, nameOf, orders);
  return {
    get: (id) => rows[slots.get(id) ?? -1],
    slotOf: (id) => slots.get(id),
    at: (slot) => rows[slot],
    forEach(visit) {
      for (const row of rows) if (row) visit(row);
    },
    get end() {
      return rows.length;
    },
    get size() {
      return slots.size;
    },
    put(row) {
      const known = slots.get(idOf(row));
      const slot = known ?? free.pop() ?? rows.length;
      if (known !== undefined) sortings.leave(known);
      rows[slot] = row;
      slots.set(idOf(row), slot);
      sortings.enter(slot);
    },
    remove(id) {
      const slot = slots.get(id);
      if (slot === undefined) return;
      sortings.leave(slot);
      slots.delete(id);
      rows[slot] = undefined;
      free.push(slot);
    },
    amend(some, change, names) {
      const kept = some.length > MOST_MOVED ? [] : names;
      if (kept.length === 0) sortings.forget(names);
      for (const slot of some) {
        sortings.leave(slot, kept);
        change(rows[slot] as R);
        sortings.enter(slot, kept);
      }
    },
    page(name, after, limit, passes) {
      const sorting = sortings.by(name);
      const found: number[] = [];
      const first = after === null ? 0 : sortings.positionAfter(sorting, after);
      for (let at = first; at < sorting.slots.length && found.length <= limit; at++) {
        const slot = sorting.slots[at] as number;
        if (passes(slot)) found.push(slot);
      }
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        rows: shown.map((slot) => rows[slot] as R),
        last: last === undefined ? null : sortings.placeOf(sorting.order, last),
        more: found.length > limit,
      };
    },
  };
}

type Names<R> = { idOf: (row: R) => string; nameOf: (row: R) => string };

type Sorting<R> = { order: Order<R>; slots: number[] };

/** Every order that was asked for, each as the slots in that order; a change moves one slot in each. */
function createSortings<R>(
  rows: (R | undefined)[],
  used: ReadonlyMap<string, number>,
  nameOf: (row: R) => string,
  orders: (name: string) => Order<R> | undefined,
) {
  const made = new Map<string, Sorting<R>>();
  const placeOf = (order: Order<R>, slot: number): Place => {
    const row = rows[slot] as R;
    const value = order.valueOf(row);
    return { value: typeof value === 'string' ? value.slice(0, LONGEST_VALUE) : value, name: nameOf(row) };
  };
  /** The first position whose row comes after the place. */
  const positionAfter = ({ order, slots }: Sorting<R>, place: Place) => {
    let [low, high] = [0, slots.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(order, placeOf(order, slots[middle] as number), place) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  /** Those of these names that were made; all without names. */
  const those = (names?: readonly string[]): Iterable<Sorting<R>> =>
    names ? names.map((name) => made.get(name)).filter((each) => each !== undefined) : made.values();
  return {
    placeOf,
    positionAfter,
    forget(names: readonly string[]) {
      for (const name of names) made.delete(name);
    },
    leave(slot: number, names?: readonly string[]) {
      for (const sorting of those(names)) {
        const position = positionAfter(sorting, placeOf(sorting.order, slot)) - 1;
        if (sorting.slots[position] === slot) sorting.slots.splice(position, 1);
      }
    },
    enter(slot: number, names?: readonly string[]) {
      for (const sorting of those(names)) {
        sorting.slots.splice(positionAfter(sorting, placeOf(sorting.order, slot)), 0, slot);
      }
    },
    by(name: string): Sorting<R> {
      const known = made.get(name);
      if (known) return known;
      const order = orders(name);
      if (!order) throw new RangeError(`No order is called ${name}.`);
      const places: Place[] = [];
      for (const slot of used.values()) places[slot] = placeOf(order, slot);
      const slots = [...used.values()].sort((a, b) => compare(order, places[a] as Place, places[b] as Place));
      const sorting = { order, slots };
      made.set(name, sorting);
      return sorting;
    },
  };
}

function compare<R>({ descending }: Order<R>, a: Place, b: Place): number {
  return compareValues(a.value, b.value, descending) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function compareValues(a: Place['value'], b: Place['value'], descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const difference =
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(`${a}`, `${b}`);
  return descending ? -difference : difference;
}
