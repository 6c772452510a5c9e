import QuickLRU from 'quick-lru';

const MOST_KEPT = 16;

/** Returns what `make` made before under this name and version, or makes it now. */
export type VersionMemory<T> = (version: number, name: string, make: () => T) => T;

/** Keeps the last results of one version of the inventory, so that equal questions are computed once. */
export function createVersionMemory<T>(): VersionMemory<T> {
  const kept = new QuickLRU<string, { made: T }>({ maxSize: MOST_KEPT });
  let at = 0;
  return (version, name, make) => {
    if (version !== at) kept.clear();
    at = version;
    const known = kept.get(name) ?? { made: make() };
    kept.set(name, known);
    return known.made;
  };
}
