import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChain, type Link } from './chain.ts';

test('a chain has what a set has, in the same order, whatever comes and goes', () => {
  const steps = fc.array(fc.oneof(fc.constant('add' as const), fc.nat(40)), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (all) => {
      const [chain, set] = [createChain<number>(), new Set<number>()];
      const links: Link<number>[] = [];
      for (const step of all) {
        if (step === 'add') {
          set.add(links.length);
          links.push(chain.add(links.length));
        } else if (links.length > 0) {
          // Also what is out already.
          const link = links[step % links.length] as Link<number>;
          set.delete(link.value);
          chain.remove(link);
        }
        expect(chain.size()).toBe(set.size);
      }
      expect([...chain]).toEqual([...set]);
    }),
  );
});

test('what is taken out leads to nothing that is still there', () => {
  const chain = createChain<string>();
  const [first, second] = [chain.add('first'), chain.add('second')];
  chain.remove(first);
  expect(first).toEqual({ value: 'first', before: undefined, after: undefined });
  expect([...chain]).toEqual([second.value]);
});

test('what has left is no burden on whatever comes after it, also where the chain has become old', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how?: { type: 'minor' }) => void;
  const oldBytes = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size;
  const chain = createChain<number[]>();
  const links: Link<number[]>[] = [];
  collect();
  const before = oldBytes() ?? 0;
  for (let each = 0; each < 20_000; each += 1) {
    links.push(chain.add(new Array(100).fill(each)));
    if (links.length > 16) chain.remove(links.shift() as Link<number[]>);
    if (each % 500 === 0) collect({ type: 'minor' });
  }
  // A set would have kept all of them, 16 MB.
  expect((oldBytes() ?? 0) - before).toBeLessThan(2_000_000);
});
