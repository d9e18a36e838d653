import { contentTemplatesGuard, endpointOr, optionalText } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where the API of Bird's Connectivity Platform is. */
export const defaultEndpoint = 'https://rest.messagebird.com';

const phoneNumber = /^\+?\d{3,15}$/;
const name = /^(?=.*[A-Za-z])[\x20-\x7e]{1,11}$/;

/**
 * Checks a configuration. Whether a key or an originator exists only MessageBird knows; keys of Bird's newer platform
 * tell themselves by their prefix.
 * @see https://developers.messagebird.com/api/sms-messaging/
 */
export const configGuard = z.object({
  accessKey: z
    .string('Give the access key.')
    .trim()
    .regex(/^\S+$/, 'Give the access key.')
    .refine(
      (key) => !key.startsWith('bird_'),
      'This key is for api.bird.com. Give one of the Connectivity Platform, from dashboard.messagebird.com.',
    ),
  originator: z
    .string('Give the originator.')
    .trim()
    .transform((value) => (/^\+[\d\s().-]+$/.test(value) ? value.replace(/\D/g, '') : value))
    .refine(
      (value) => phoneNumber.test(value) || name.test(value),
      'Give a phone number with its country code (31970000000), or a name of at most 11 letters and digits.',
    ),
  signingKey: optionalText,
  endpoint: endpointOr(defaultEndpoint),
  templates: contentTemplatesGuard,
});

/** A configuration that was checked. */
export type MessageBirdConfig = z.output<typeof configGuard>;
