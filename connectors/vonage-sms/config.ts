import { contentTemplatesGuard, endpointOr, optionalText, requiredText } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where the SMS API is unless the configuration names another base URL. */
export const defaultEndpoint = 'https://rest.nexmo.com';

const number = /^\d{3,15}$/;
const name = /^(?=.*[A-Za-z])[\x21-\x7e]{1,11}$/;

/** Vonage wants numbers without the plus or 00, and leaves out the spaces of a name. */
function toSender(value: string): string {
  return /^\+?[\d\s().-]+$/.test(value) ? value.replace(/\D/g, '').replace(/^00/, '') : value.replace(/\s/g, '');
}

/** @see https://developer.vonage.com/en/messaging/sms/guides/custom-sender-id */
const senderGuard = z
  .string('Give the name or the number that messages come from.')
  .trim()
  .min(1, 'Give the name or the number that messages come from.')
  .transform(toSender)
  .refine(
    (value) => number.test(value) || name.test(value),
    'Give a name of at most 11 letters and digits, or a number with its country code.',
  );

/**
 * Configuration of the connector. The keys are Logto's, so that its configurations work unchanged; `signatureSecret` and
 * `endpoint` are added.
 */
export const configGuard = z.object({
  apiKey: requiredText('Give the API key.'),
  apiSecret: requiredText('Give the API secret.'),
  brandName: senderGuard,
  signatureSecret: optionalText,
  endpoint: endpointOr(defaultEndpoint),
  templates: contentTemplatesGuard,
});

/** A configuration that was checked; `brandName` is as Vonage wants it. */
export type VonageConfig = z.output<typeof configGuard>;
