import { expect, test } from 'vitest';
import { kindsOf } from '../../bench/profile/kinds.ts';

const source = 'file:///anywhere/packages/server/src';

/** A profile of stacks, each from the outside in, and how long each was seen. */
function profileOf(
  stacks: readonly (readonly [functionName: string, url: string])[][],
  microseconds: readonly number[],
) {
  const root = { id: 1, callFrame: frame('(root)', ''), children: [] as number[] };
  const nodes = [root];
  const samples = stacks.map((stack) => {
    let around = root;
    for (const [functionName, url] of stack) {
      const node = { id: nodes.length + 1, callFrame: frame(functionName, url), children: [] };
      around.children.push(node.id);
      nodes.push(node);
      around = node;
    }
    return around.id;
  });
  return { nodes, startTime: 0, endTime: 1, samples, timeDeltas: [...microseconds] };
}

const frame = (functionName: string, url: string) => ({
  functionName,
  url,
  scriptId: '0',
  lineNumber: 0,
  columnNumber: 0,
});

test('a function counts for the innermost one around it whose kind is known', () => {
  const zod = ['parse', 'file:///anywhere/node_modules/zod/v4/core/parse.js'] as const;
  const route = ['route', `${source}/http/management/codes.ts`] as const;
  const profile = profileOf(
    [
      [route, zod],
      [
        ['onSocket', 'node:_http_client'],
        ['write', 'node:net'],
        ['writeUtf8String', ''],
      ],
      [route, ['start', `${source}/verification/verification.ts`]],
      [['(garbage collector)', '']],
      [
        ['#flush', `${source}/store/sqlite/group-commit.ts`],
        ['#command', `${source}/store/sqlite/group-commit.ts`],
        ['run', ''],
      ],
      [['(idle)', '']],
      [['post', 'node:inspector']],
      [['onSocket', 'node:_http_client']],
      [['runMicrotasks', '']],
      [route, zod],
    ],
    [10, 20, 30, 40, 50, 60, 65, 5, 70, 15],
  );
  expect(kindsOf(profile)).toEqual([
    ['Node: streams, promises, the event loop', 70],
    ['commits of SQLite, with the wait for the disk', 50],
    ['garbage', 40],
    ['`verification/`', 30],
    ['schemas of what comes in', 25],
    ['handing bytes to sockets (system calls)', 20],
    ['exchange with the provider', 5],
  ]);
});
