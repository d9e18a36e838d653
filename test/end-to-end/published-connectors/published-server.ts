import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type PublishedHosts, startPublishedHosts } from '../../doubles/published-hosts.ts';
import { type ChildServer, newChildData, startChildServer } from '../../setup/child-server.ts';
import { type Published, published, publishedNames } from './published.ts';

const packages = fileURLToPath(new URL('../../../node_modules/@logto', import.meta.url));

/** A server and the providers' hosts as it sees them. */
export type PublishedServer = ChildServer & {
  hosts: PublishedHosts;
  /** Sets a connector up; it is the live one then. */
  setUp: (connector: Published, config?: Record<string, unknown>) => Promise<Record<string, unknown>>;
  stop: () => Promise<void>;
};

/** Starts a server in a process of its own: with the published connectors in SESAME_CONNECTORS_DIR, or only with ours. */
export async function startPublishedServer({ isPublished }: { isPublished: boolean }): Promise<PublishedServer> {
  const [hosts, { env, remove }, folder] = await Promise.all([
    startPublishedHosts(),
    newChildData('SQLite'),
    mkdtemp(join(tmpdir(), 'sesame-published-')),
  ]);
  for (const name of publishedNames) {
    const { package: suffix } = published[name];
    await symlink(await realpath(join(packages, `connector-${suffix}`)), join(folder, suffix));
  }
  const server = await startChildServer({
    ...env,
    ...hosts.env,
    ...(isPublished && { SESAME_CONNECTORS_DIR: folder }),
  });
  return {
    ...server,
    hosts,
    async setUp({ factoryId: connectorId, config }, changed) {
      const reply = await server.management.post('/connectors', { connectorId, config: changed ?? config });
      expect(reply, reply.text).toMatchObject({ status: 200 });
      return reply.body;
    },
    async stop() {
      expect(await server.kill('SIGTERM'), server.stderr()).toBe(0);
      await hosts.close();
      remove();
      await rm(folder, { recursive: true });
    },
  };
}
