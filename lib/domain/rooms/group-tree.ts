/** What makes a tree of a flat list. */
type Branch = { id: string; name: string | null; parentId: string | null };

/** A branch with what hangs below it, in the order of the list. */
export type GroupNode<T extends Branch> = { group: T; parent: GroupNode<T> | null; children: GroupNode<T>[] };

export type GroupTree<T extends Branch> = {
  tops: GroupNode<T>[];
  get(id: string): GroupNode<T> | undefined;
};

/**
 * Builds the tree. No group is lost: one whose parent is missing stands at the top, and where groups are each other's
 * ancestors the circle is cut once. Of two groups with one id the first counts.
 */
export function groupTree<T extends Branch>(groups: readonly T[]): GroupTree<T> {
  const nodes = new Map<string, GroupNode<T>>();
  for (const group of groups) {
    if (!nodes.has(group.id)) nodes.set(group.id, { group, parent: null, children: [] });
  }
  const settled = new Set<GroupNode<T>>();
  for (const node of nodes.values()) settle(node, nodes, settled);
  const tops: GroupNode<T>[] = [];
  for (const node of nodes.values()) (node.parent?.children ?? tops).push(node);
  return { tops, get: (id) => nodes.get(id) };
}

/** Gives a node and all above it their parents; whoever would come round to itself gets none. */
function settle<T extends Branch>(
  start: GroupNode<T>,
  nodes: ReadonlyMap<string, GroupNode<T>>,
  settled: Set<GroupNode<T>>,
): void {
  const walked = new Set<GroupNode<T>>();
  let node: GroupNode<T> = start;
  while (!settled.has(node)) {
    walked.add(node);
    const parent: GroupNode<T> | undefined = nodes.get(node.group.parentId ?? '');
    if (!parent || walked.has(parent)) break;
    node.parent = parent;
    node = parent;
  }
  for (const each of walked) settled.add(each);
}

/** The way from the top down to a branch, itself included. */
export function pathTo<T extends Branch>(node: GroupNode<T>): GroupNode<T>[] {
  const path: GroupNode<T>[] = [];
  for (let each: GroupNode<T> | null = node; each; each = each.parent) path.push(each);
  return path.reverse();
}

/** Branches whose names hold all the words of a text, in the order of the list; none of no words. */
export function branchesNamed<T extends Branch>(tree: GroupTree<T>, text: string): GroupNode<T>[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: GroupNode<T>[] = [];
  const waiting = tree.tops.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const name = plain(node.group.name ?? node.group.id);
    if (words.every((word) => name.includes(word))) found.push(node);
    waiting.push(...node.children.toReversed());
  }
  return found;
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase();
