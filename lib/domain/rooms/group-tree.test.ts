import { describe, expect, test } from 'vitest';
import { branchesNamed, type GroupNode, groupTree, pathTo } from './group-tree.ts';

type Group = { id: string; name: string | null; parentId: string | null };

const group = (id: string, parentId: string | null = null, name: string | null = id): Group => ({
  id,
  name,
  parentId,
});

/** A tree as nested ids, for comparing. */
type Shape = { [id: string]: Shape };
const shape = (nodes: GroupNode<Group>[]): Shape =>
  Object.fromEntries(nodes.map(({ group: { id }, children }) => [id, shape(children)]));

const count = (nodes: GroupNode<Group>[]): number =>
  nodes.reduce((sum, { children }) => sum + 1 + count(children), 0);

describe('the tree of room groups', () => {
  test('places each group below its parent, in whatever order they arrive', () => {
    const { tops } = groupTree([group('floor', 'house'), group('hq'), group('house', 'hq'), group('lab')]);
    expect(shape(tops)).toEqual({ hq: { house: { floor: {} } }, lab: {} });
  });

  test('keeps the order of the list among siblings', () => {
    const { tops } = groupTree([group('b'), group('a'), group('b2', 'b'), group('b1', 'b')]);
    expect(tops.map(({ group: { id } }) => id)).toEqual(['b', 'a']);
    expect(tops[0]?.children.map(({ group: { id } }) => id)).toEqual(['b2', 'b1']);
  });

  test('puts a group whose parent is missing at the top', () => {
    expect(shape(groupTree([group('floor', 'never heard of'), group('room', 'floor')]).tops)).toEqual({
      floor: { room: {} },
    });
  });

  test('treats an empty parent as none', () => {
    expect(shape(groupTree([group('a', '')]).tops)).toEqual({ a: {} });
  });

  test.each([
    ['its own parent', [group('a', 'a')], { a: {} }],
    ['two that are each other’s parent', [group('a', 'b'), group('b', 'a')], { b: { a: {} } }],
    [
      'a circle that others hang from',
      [group('leaf', 'b'), group('a', 'c'), group('b', 'a'), group('c', 'b')],
      { c: { a: { b: { leaf: {} } } } },
    ],
  ])('cuts a circle once and loses no group: %s', (_, groups, expected) => {
    const { tops } = groupTree(groups);
    expect(shape(tops)).toEqual(expected);
    expect(count(tops)).toBe(groups.length);
  });

  test('uses the first of two groups with one ID', () => {
    const { tops, get } = groupTree([group('a', null, 'first'), group('a', 'b', 'second'), group('b')]);
    expect(shape(tops)).toEqual({ a: {}, b: {} });
    expect(get('a')?.group.name).toBe('first');
  });

  test('supports a deep chain and many groups', () => {
    const deep = Array.from({ length: 20_000 }, (_, n) => group(`${n}`, n === 0 ? null : `${n - 1}`));
    const { tops, get } = groupTree(deep);
    const last = get('19999');
    expect(tops).toHaveLength(1);
    expect(last && pathTo(last)).toHaveLength(20_000);
  });

  test('is empty without groups', () => {
    expect(groupTree([]).tops).toEqual([]);
  });
});

test('the path of a branch goes from the top down', () => {
  const { get } = groupTree([group('hq'), group('house', 'hq'), group('floor', 'house')]);
  const floor = get('floor');
  expect(floor && pathTo(floor).map(({ group: { id } }) => id)).toEqual(['hq', 'house', 'floor']);
});

describe('branches by name', () => {
  const tree = groupTree([
    group('1', null, 'Hangzhou HQ'),
    group('2', '1', '3 号楼 Building'),
    group('3', null, 'BUILDING ４'),
    group('4', '2', null),
  ]);
  const ids = (text: string) => branchesNamed(tree, text).map(({ group: { id } }) => id);

  test('are found by all the words, however written', () => {
    expect(ids('building')).toEqual(['2', '3']);
    expect(ids('  号楼  build ')).toEqual(['2']);
    expect(ids('building 4')).toEqual(['3']);
  });

  test('without a name are found by their ID', () => {
    expect(ids('4')).toEqual(['4', '3']);
  });

  test('are empty without words', () => {
    expect(ids('  ')).toEqual([]);
  });
});
