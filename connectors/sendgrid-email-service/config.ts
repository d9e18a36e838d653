import { createPublicKey } from 'node:crypto';
import {
  endpointOr,
  headerText,
  mailboxGuard,
  mailTemplateShape,
  optionalText,
  requiredText,
  templatesGuard,
} from '@sesame/connector-kit';
import { z } from 'zod';

/** Where the API is; accounts in the EU have another. */
export const defaultEndpoint = 'https://api.sendgrid.com';

/** Checks a configuration; one that was made for Logto's connector of the same id is valid as it is. */
export const configGuard = z.object({
  apiKey: requiredText().regex(/^\S+$/, 'An API key has no spaces.'),
  fromEmail: mailboxGuard,
  fromName: headerText.optional(),
  endpoint: endpointOr(defaultEndpoint),
  webhookPublicKey: optionalText.refine(
    (key) => !key || isPublicKey(key),
    'Copy the verification key of the signed event webhook: it begins with MFkw.',
  ),
  // What others call contentType is `type` here.
  templates: templatesGuard({ ...mailTemplateShape, type: mailTemplateShape.contentType }).transform((templates) =>
    templates.map(({ type, ...template }) => ({ ...template, contentType: template.contentType ?? type })),
  ),
});

/** Whether a text is a key of ECDSA in base64 (SubjectPublicKeyInfo). */
function isPublicKey(text: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec';
  } catch {
    return false;
  }
}

/** A checked configuration. */
export type SendGridConfig = z.output<typeof configGuard>;
