import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { createGroupPaths } from './group-paths.ts';

const group = (id: string, parentId: string | null = null) => ({ id, name: id, parentId });
const ids = (groups: { id: string }[]) => groups.map(({ id }) => id);

describe('the tree of room groups', () => {
  const tree = createGroupPaths([
    group('floor', 'house'),
    group('city'),
    group('house', 'city'),
    group('hut', 'city'),
  ]);

  test('leads from the top down to a group, and from it to all groups below', () => {
    expect(ids(tree.pathOf('floor'))).toEqual(['city', 'house', 'floor']);
    expect(tree.below('city')).toEqual(new Set(['city', 'house', 'hut', 'floor']));
    expect(tree.below('floor')).toEqual(new Set(['floor']));
  });

  test('has no path to an unknown group, and nothing below it', () => {
    expect(tree.pathOf('nowhere')).toEqual([]);
    expect(tree.get('nowhere')).toBeUndefined();
    expect(tree.below('nowhere')).toEqual(new Set(['nowhere']));
  });

  test('starts at a group whose parent is missing', () => {
    const orphans = createGroupPaths([group('b', 'removed'), group('c', 'b')]);
    expect(ids(orphans.pathOf('c'))).toEqual(['b', 'c']);
  });

  test('ends its walks where groups are each other’s ancestors', () => {
    const circle = createGroupPaths([group('a', 'b'), group('b', 'a'), group('self', 'self')]);
    expect(ids(circle.pathOf('a'))).toEqual(['b', 'a']);
    expect(ids(circle.pathOf('self'))).toEqual(['self']);
    expect(circle.below('a')).toEqual(new Set(['a', 'b']));
  });

  test('contains a group below every group on its path, whatever the tree looks like', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const groups = fc.uniqueArray(fc.record({ id: names, name: names, parentId: fc.option(names) }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(groups, (list) => {
        const paths = createGroupPaths(list);
        for (const { id } of list) {
          const path = ids(paths.pathOf(id));
          expect(path.at(-1)).toBe(id);
          expect(new Set(path).size).toBe(path.length);
          for (const above of path) expect(paths.below(above).has(id)).toBe(true);
        }
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});
