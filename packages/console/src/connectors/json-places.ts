import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

const parseTimeoutMs = 200;
type Tree = NonNullable<ReturnType<typeof ensureSyntaxTree>>;
type Node = Tree['topNode'];

const notValues = new Set(['[', ']', '{', '}', ',', ':', 'PropertyName', '⚠']);
const childrenOf = (node: Node) => {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};
const valuesOf = (node: Node) => childrenOf(node).filter(({ name }) => !notValues.has(name));

function rootOf(state: EditorState): Node | undefined {
  const tree = ensureSyntaxTree(state, state.doc.length, parseTimeoutMs);
  return tree ? valuesOf(tree.topNode)[0] : undefined;
}

/** Where the value stands that a path of keys and indexes leads to, as far as the path goes. */
export function rangeOf(state: EditorState, path: readonly string[]): { from: number; to: number } {
  let node = rootOf(state);
  if (!node) return { from: 0, to: 0 };
  for (const key of path) {
    const next = childOf(state, node, key);
    if (!next) break;
    node = next;
  }
  const isWide = node.name === 'Object' || node.name === 'Array';
  return isWide ? { from: node.from, to: node.from + 1 } : { from: node.from, to: node.to };
}

function childOf(state: EditorState, node: Node, key: string): Node | undefined {
  if (node.name === 'Array') return valuesOf(node)[Number(key)];
  const property = childrenOf(node).find((child) => {
    const name = child.getChild('PropertyName');
    return name && state.sliceDoc(name.from, name.to) === JSON.stringify(key);
  });
  return property && valuesOf(property)[0];
}

/** The index of the entry of the outermost list or object that holds a place. */
export function entryAt(state: EditorState, place: number): number | undefined {
  const root = rootOf(state);
  const index = (root ? valuesOf(root) : []).findIndex(({ from, to }) => from <= place && place <= to);
  return index === -1 ? undefined : index;
}
