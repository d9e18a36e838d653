import { awsEndpoint, awsShape } from '@sesame/connector-aws-sns-sms/config';
import { mailboxGuard, mailTemplatesGuard, optionalText } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where a region answers, unless the configuration names another endpoint. */
export const regionalEndpoint = (region: string) => `https://email.${region}.amazonaws.com`;

const orEmpty = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** Checks a configuration; one that was made for Logto's connector of the same id is valid as it is. */
export const configGuard = z.object({
  ...awsShape,
  emailAddress: orEmpty(mailboxGuard),
  emailAddressIdentityArn: optionalText,
  feedbackForwardingEmailAddress: optionalText,
  feedbackForwardingEmailAddressIdentityArn: optionalText,
  configurationSetName: optionalText,
  endpoint: awsEndpoint,
  templates: mailTemplatesGuard,
});

/** A checked configuration. */
export type SesConfig = z.output<typeof configGuard>;
