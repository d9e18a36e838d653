import { purposes } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { HooksTable } from '../store/tables/webhooks.ts';
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

/**
 * What is kept of a webhook, and back. One that was damaged counts as switched off and goes nowhere: sign-ins go on, and
 * it can be put right.
 */
export function createHookSeal({ encrypt, decrypt }: Pick<SecretKeys, 'encrypt' | 'decrypt'>) {
  function opened({ config, signing_key }: HooksTable): Pick<Hook, 'config' | 'signingKey'> | undefined {
    try {
      return {
        config: JSON.parse(decrypt(config, purposes.hookConfig())) as HookConfig,
        signingKey: decrypt(signing_key, purposes.hookSigningKey()),
      };
    } catch {
      return undefined;
    }
  }

  return {
    sealConfig: (config: HookConfig) => encrypt(JSON.stringify(config), purposes.hookConfig()),
    sealKey: (key: string) => encrypt(key, purposes.hookSigningKey()),
    open(row: HooksTable): Hook {
      const found = opened(row);
      return {
        id: row.id,
        name: row.name,
        // A version before this one may know fewer.
        events: (JSON.parse(row.events) as string[]).filter((event): event is HookEvent =>
          (hookEvents as readonly string[]).includes(event),
        ),
        ...(found ?? { config: { url: '' }, signingKey: '' }),
        enabled: found !== undefined && row.enabled === 1,
        createdAt: row.created_at,
      };
    },
  };
}
