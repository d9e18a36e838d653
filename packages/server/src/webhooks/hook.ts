import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { HooksTable } from '../store/schema.ts';
import { type HookEvent, hookEvents } from './events.ts';

/** Where a webhook is, and what its requests carry. */
export type HookConfig = {
  url: string;
  headers?: Record<string, string> | undefined;
  /** As Logto has it; there are more retries than that anyway. */
  retries?: number | undefined;
};

/** A webhook. */
export type Hook = {
  id: string;
  name: string;
  events: HookEvent[];
  config: HookConfig;
  /** What requests are signed with. */
  signingKey: string;
  enabled: boolean;
  /** Milliseconds since the epoch. */
  createdAt: number;
};

const purposes = { config: 'webhook configuration', key: 'webhook signing key' };

/** What is kept of a webhook, and back. */
export const createHookSeal = ({ encrypt, decrypt }: Pick<SecretKeys, 'encrypt' | 'decrypt'>) => ({
  sealConfig: (config: HookConfig) => encrypt(JSON.stringify(config), purposes.config),
  sealKey: (key: string) => encrypt(key, purposes.key),
  open: (row: HooksTable): Hook => ({
    id: row.id,
    name: row.name,
    // A version before this one may know fewer.
    events: (JSON.parse(row.events) as string[]).filter((event): event is HookEvent =>
      (hookEvents as readonly string[]).includes(event),
    ),
    config: JSON.parse(decrypt(row.config, purposes.config)) as HookConfig,
    signingKey: decrypt(row.signing_key, purposes.key),
    enabled: row.enabled === 1,
    createdAt: row.created_at,
  }),
});
