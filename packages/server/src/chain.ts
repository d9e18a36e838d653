/** A place in a chain, for whoever takes it out again. */
export type Link<Value> = { readonly value: Value; before: Link<Value> | undefined; after: Link<Value> | undefined };

/** Anything in the order in which it came. */
export type Chain<Value> = Iterable<Value> & {
  /** Puts something at the end. */
  add: (value: Value) => Link<Value>;
  /** Takes a link out; one that is out already stays out. */
  remove: (link: Link<Value>) => void;
  size: () => number;
};

/**
 * For what comes and goes with each request, in place of a `Set`. That makes a new table whenever so many have come and
 * gone, and V8 has the old one lead to the new one and keep what was in it: once one of them has become old, everything
 * that was ever in those after it is kept until the next collection of the whole heap, with the request around it.
 */
export function createChain<Value>(): Chain<Value> {
  /** Before the first and after the last. */
  const ends = {} as Link<Value>;
  ends.before = ends;
  ends.after = ends;
  let size = 0;
  return {
    add(value) {
      const { before } = ends;
      const link: Link<Value> = { value, before, after: ends };
      if (before) before.after = link;
      ends.before = link;
      size += 1;
      return link;
    },
    remove(link) {
      const { before, after } = link;
      if (!before || !after) return;
      before.after = after;
      after.before = before;
      link.before = undefined;
      link.after = undefined;
      size -= 1;
    },
    size: () => size,
    *[Symbol.iterator]() {
      for (let link = ends.after; link && link !== ends; link = link.after) yield link.value;
    },
  };
}
