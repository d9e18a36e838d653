import { endpointShape } from '@sesame/connector-http-sms/config';
import { mailTemplatesGuard } from '@sesame/connector-kit';
import { z } from 'zod';

/** What an administrator fills in. */
export const configGuard = z.object({ ...endpointShape, templates: mailTemplatesGuard.optional() });
