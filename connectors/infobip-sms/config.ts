import { contentTemplatesGuard, endpointGuard, requiredText } from '@sesame/connector-kit';
import { z } from 'zod';

const bareBaseUrl = /^[a-z\d-]+\.api\.infobip\.com\/*$/i;
const numericSender = /^\d{3,15}$/;
const alphanumericSender = /^(?=.*[A-Za-z])[\w .&+-]{1,11}$/;

/** Infobip shows a base URL without its scheme; copying it as it is has to work. */
function completeBaseUrl(value: string): string {
  return (bareBaseUrl.test(value) ? `https://${value}` : value).replace(/\/+$/, '');
}

/**
 * Configuration of the connector. There is no endpoint that fits everybody: each account has a base URL of its own.
 * @see https://www.infobip.com/docs/developer-resources/authentication-and-access/api-authentication
 */
export const configGuard = z.object({
  endpoint: requiredText('Give the base URL of your account.').transform(completeBaseUrl).pipe(endpointGuard),
  apiKey: requiredText('Give an API key.'),
  from: z
    .string('Give the sender.')
    .trim()
    .transform((value) => (/^\+[\d\s().-]+$/.test(value) ? value.replace(/\D/g, '') : value))
    .refine(
      (value) => numericSender.test(value) || alphanumericSender.test(value),
      'Give a number with its country code, a short code, or a name of at most 11 letters and digits.',
    ),
  templates: contentTemplatesGuard,
});

/** A configuration that was checked. */
export type InfobipConfig = z.output<typeof configGuard>;
