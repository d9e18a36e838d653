import { contentTemplatesGuard, endpointGuard, optionalText } from '@sesame/connector-kit';
import { z } from 'zod';

/**
 * Where messages are handed over, and the key of reports. `authorization` is limited to what an HTTP header may carry
 * (RFC 9110, section 5.5), so that a stray line break is refused in the form rather than at the first send.
 */
export const endpointShape = {
  endpoint: endpointGuard,
  authorization: z
    .string()
    .trim()
    .regex(/^[\x20-\x7e]*$/, 'Use plain ASCII characters on one line.')
    .optional(),
  reportKey: optionalText,
};

/** What an administrator fills in. */
export const configGuard = z.object({
  ...endpointShape,
  templates: contentTemplatesGuard.optional(),
});
