import { z } from 'zod';
import type { Platform } from '../platform.ts';
import { readSetting, replaceSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

/** How codes are made and tried. Code lengths are what every provider's templates can carry. */
export const verificationCodePolicySchema = z.object({
  codeLength: z.int().min(4).max(6).describe('Digits of a code.'),
  expirationDuration: z.int().min(60).max(600).describe('How long a code is valid, in seconds.'),
  maxRetryAttempts: z.int().min(1).max(100).describe('How many answers to one code are taken.'),
});

/** How many messages may be asked for. */
export const messageRateLimitPolicySchema = z.object({
  sendWindow: z.int().min(60).max(86_400).describe('The window that sends are counted in, in seconds.'),
  maxSendsPerRecipient: z.int().min(1).max(1_000_000).nullable().describe('Sends to one number in a window.'),
  maxSendsPerAddress: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .describe('Sends that one client address may ask for in a window, in the flows of end users.'),
  maxSendsTotal: z.int().min(1).max(1_000_000_000).nullable().describe('Sends in all in a window.'),
  resendInterval: z.int().min(0).max(600).describe('How long end users wait before they can resend, in seconds.'),
});

/** The policies of the sign-in experience; `null` for a limit means that there is none. */
export const policiesSchema = z.object({
  verificationCodePolicy: verificationCodePolicySchema,
  messageRateLimitPolicy: messageRateLimitPolicySchema,
});
export type Policies = z.infer<typeof policiesSchema>;

/** A change of policies: what is left out stays as it is. */
export const policiesChangeSchema = z.object({
  verificationCodePolicy: verificationCodePolicySchema.partial().optional(),
  messageRateLimitPolicy: messageRateLimitPolicySchema.partial().optional(),
});
export type PoliciesChange = z.infer<typeof policiesChangeSchema>;

export const defaultPolicies: Policies = {
  verificationCodePolicy: { codeLength: 6, expirationDuration: 600, maxRetryAttempts: 10 },
  messageRateLimitPolicy: {
    sendWindow: 600,
    maxSendsPerRecipient: 10,
    maxSendsPerAddress: 50,
    maxSendsTotal: null,
    resendInterval: 30,
  },
};

const settingName = 'sign-in-experience';

/** Reads and changes the policies. */
export function createPolicyStore({ store, platform }: { store: Store; platform: Platform }) {
  const read = async (): Promise<Policies> =>
    merge(defaultPolicies, ((await readSetting(store, settingName)) ?? {}) as PoliciesChange);
  return {
    read,
    async change(change: PoliciesChange): Promise<Policies> {
      // Somebody else's change in between is read again rather than undone.
      for (;;) {
        const before = await readSetting(store, settingName);
        const after = merge(merge(defaultPolicies, (before ?? {}) as PoliciesChange), change);
        if (await replaceSetting(store, settingName, { before, after }, platform.now())) return after;
      }
    },
  };
}
export type PolicyStore = ReturnType<typeof createPolicyStore>;

function merge(policies: Policies, change: PoliciesChange): Policies {
  return {
    verificationCodePolicy: { ...policies.verificationCodePolicy, ...change.verificationCodePolicy },
    messageRateLimitPolicy: { ...policies.messageRateLimitPolicy, ...change.messageRateLimitPolicy },
  };
}
