import { z } from 'zod';
import type { TrustedDevice } from '../accounts/trusted-devices.ts';

const time = z.int().describe('Milliseconds since the epoch.');

/** A trusted browser as replies have it, with Logto's names. */
export const trustedDeviceReply = z.object({
  id: z.string(),
  userAgent: z.string().nullable(),
  country: z.null(),
  city: z.null(),
  network: z
    .string()
    .describe('Where it was trusted: the first 24 bits of an IPv4 address, 48 of an IPv6 address; may be empty.'),
  factor: z.enum(['phone', 'email', 'totp']).describe('What came second when it was trusted.'),
  createdAt: time,
  lastUsedAt: time.nullable(),
  expiresAt: time,
});

/** What is told of a trusted browser. */
export const toTrustedDeviceReply = (device: TrustedDevice) => ({ ...device, country: null, city: null });
