import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ThreadLimits } from '../../packages/server/src/connectors/installed/connector-thread.ts';
import {
  type InstalledConnectors,
  loadInstalled,
} from '../../packages/server/src/connectors/installed/load-installed.ts';

/** Longer than any machine takes, so that a test meets only the limits that it is about. */
const patient: ThreadLimits = { load: 600_000, check: 600_000, send: 600_000, deaf: 600_000 };

type Options = { reservedIds?: string[]; limits?: Partial<ThreadLimits> };

/** A folder for connectors of its own for each test of a file; what was loaded from it ends with the test. */
export function installedFolder() {
  const installed = {
    folder: '',
    async load({ limits, ...options }: Options = {}): Promise<InstalledConnectors> {
      const folders = [{ folder: installed.folder, location: 'connectors-folder' as const }];
      loaded = await loadInstalled({ folders, limits: { ...patient, ...limits }, ...options });
      return loaded;
    },
  };
  let loaded: InstalledConnectors | undefined;
  beforeEach(async () => {
    installed.folder = await mkdtemp(join(tmpdir(), 'sesame-installed-'));
  });
  afterEach(async () => {
    await loaded?.close();
    loaded = undefined;
    await rm(installed.folder, { recursive: true });
  });
  return installed;
}
