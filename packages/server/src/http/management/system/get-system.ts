import { z } from 'zod';
import type { SigningKeys } from '../../../oidc/signing-keys.ts';
import type { Platform } from '../../../platform.ts';
import type { ShownSetting } from '../../../shown-settings.ts';
import { describeDatabase } from '../../../store/database-facts.ts';
import type { Readiness } from '../../../store/readiness.ts';
import type { Store } from '../../../store/store.ts';
import { version } from '../../../version.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';

const reply = z.object({
  version: z.string(),
  nodeVersion: z.string(),
  startedAt: z.int().describe('When this process began, in milliseconds since the epoch.'),
  readiness: z.enum(['ok', 'failing']).describe('What `/readyz` says: whether the database answers and takes writes.'),
  database: z
    .object({
      kind: z.enum(['SQLite', 'PostgreSQL']),
      version: z.string(),
      bytes: z.int(),
      rows: z.record(z.string(), z.int()).describe('About how many rows the tables have that grow.'),
    })
    .nullable()
    .describe('`null` while it does not answer.'),
  signingKey: z
    .object({ id: z.string(), effectiveAt: z.number().describe('From when on it signs tokens.') })
    .nullable(),
  feedbackUrl: z.string().nullable().describe('Where administrators ask for what is missing.'),
  settings: z.array(
    z.object({
      name: z.string(),
      about: z.string(),
      value: z.string().nullable().describe('`null` for a secret, and where nothing holds.'),
      isSecret: z.boolean(),
      source: z.enum(['set', 'alias', 'default']).describe('Where it came from; `alias`: from another variable.'),
      defaultWords: z.string().nullable().describe('What holds by default, where that is no fixed text.'),
    }),
  ),
});

type Deps = { store: Store; platform: Platform; readiness: Readiness; signingKeys: SigningKeys };
/** What administrators see of the settings. */
export type SystemSettings = { shown: readonly ShownSetting[]; feedbackUrl: string | undefined };

/** `GET /api/system` */
export function getSystem(
  app: AppInstance,
  { store, platform, readiness, signingKeys }: Deps,
  settings: SystemSettings,
) {
  const startedAt = platform.now();
  app.get(
    '/system',
    {
      config: { role: 'operator', scope: 'all', holdsNumbers: false },
      schema: {
        tags: ['System'],
        summary: 'Version, settings, database and health of the server',
        description: 'Settings come without secrets: passwords, keys and what is in URLs beside the place.',
        response: { 200: reply, ...errorResponses() },
      },
    },
    async () => {
      const isReady = await readiness.check().then(
        () => true,
        () => false,
      );
      const current = (await signingKeys.list()).find(({ status }) => status === 'Current');
      return {
        version,
        nodeVersion: process.version,
        startedAt,
        readiness: isReady ? ('ok' as const) : ('failing' as const),
        database: isReady ? await describeDatabase(store) : null,
        signingKey: current ? { id: current.id, effectiveAt: current.effectiveAt } : null,
        feedbackUrl: settings.feedbackUrl ?? null,
        settings: [...settings.shown],
      };
    },
  );
}
