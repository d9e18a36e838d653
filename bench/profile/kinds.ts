import type { Profiler } from 'node:inspector';

type Frame = Profiler.ProfileNode['callFrame'];

/** What a function that is being run belongs to, by its file or its name; the first that fits. */
const kinds: readonly [kind: string, fits: (frame: Frame) => boolean][] = [
  ['garbage', named('(garbage collector)')],
  ['commits of SQLite, with the wait for the disk', named('#command')],
  ['statements of SQLite', named('#execute')],
  ['handing bytes to sockets (system calls)', named('writeLatin1String', 'writeUtf8String', 'writeBuffer', 'writev')],
  ['PostgreSQL’s client', within('/store/postgres/', /\/node_modules\/pg/)],
  ['exchange with the provider', within('node:_http_client', 'node:_http_agent', '/src/network/', '/connectors/')],
  ['reading numbers', within('/node_modules/libphonenumber-js/')],
  ['HMACs, digests, random bytes', within('node:internal/crypto', '/src/secrets/')],
  ['schemas of what comes in', within('/node_modules/zod/')],
  [
    'HTTP on the way in and out',
    within('node:_http_server', /\/node_modules\/(@?fastify|find-my-way|secure-json-parse)/),
  ],
];

/** Those that serve whoever calls them. */
const serving = within(/^node:(?!_http_server|_http_client|_http_agent|internal\/crypto)/, '/src/store/statement.ts');
const other = 'Node: streams, promises, the event loop';

function named(...names: string[]) {
  return ({ functionName }: Frame) => names.includes(functionName);
}

function within(...places: (string | RegExp)[]) {
  return ({ url }: Frame) =>
    places.some((place) => (typeof place === 'string' ? url.includes(place) : place.test(url)));
}

function kindOf(frame: Frame): string | undefined {
  const known = kinds.find(([, fits]) => fits(frame))?.[0];
  if (known !== undefined || serving(frame)) return known;
  const room = /\/packages\/server\/src\/([\w-]+)\//.exec(frame.url)?.[1];
  if (room !== undefined) return `\`${room}/\``;
  return /\/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//.exec(frame.url)?.[1];
}

/**
 * How long the main thread was at each kind of work, in microseconds, the most first. A function counts for the innermost
 * one around it whose kind is known. Waits for the disk are in it, as SQLite waits in this thread.
 */
export function kindsOf({
  nodes,
  samples = [],
  timeDeltas = [],
}: Profiler.Profile): [kind: string, microseconds: number][] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const kindOfNode = new Map<number, string>();
  function innermost(id: number | undefined): string {
    const node = id === undefined ? undefined : byId.get(id);
    if (!node || id === undefined) return other;
    const kind = kindOfNode.get(id) ?? kindOf(node.callFrame) ?? innermost(parents.get(id));
    kindOfNode.set(id, kind);
    return kind;
  }
  const totals = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const { functionName, url } = byId.get(id)?.callFrame ?? {};
    if (functionName === '(idle)' || url === 'node:inspector') continue;
    const kind = innermost(id);
    totals.set(kind, (totals.get(kind) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return [...totals].sort(([, one], [, another]) => another - one);
}
