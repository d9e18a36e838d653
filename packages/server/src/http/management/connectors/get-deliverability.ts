import { z } from 'zod';
import { checkDeliverability } from '../../../messaging/deliverability/deliverability.ts';
import { dkimCodes } from '../../../messaging/deliverability/dkim.ts';
import { dmarcCodes, dmarcPolicies } from '../../../messaging/deliverability/dmarc.ts';
import { recordStates, unknownCodes } from '../../../messaging/deliverability/finding.ts';
import { spfCodes } from '../../../messaging/deliverability/spf.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams } from '../../schemas.ts';
import { tags } from './connector-schemas.ts';

const finding = <Codes extends readonly [string, ...string[]]>(codes: Codes) => ({
  state: z.enum(recordStates),
  codes: z.array(z.enum([...codes, ...unknownCodes])).describe('Why it stands so; none where all is well.'),
});
const record = z.string().nullable().describe('As DNS has it.');
const dkimFinding = finding(dkimCodes);

const deliverabilitySchema = z.object({
  domain: z.string().nullable().describe('Of the sender, in ASCII; null where the configuration names none.'),
  checkedAt: z.int(),
  spf: z.object({
    ...finding(spfCodes),
    record,
    lookups: z.int().nullable().describe('How many names receivers have to look up; more than ten make it invalid.'),
    include: z.string().nullable().describe('What the record should include for the provider.'),
  }),
  dkim: z.object({
    ...dkimFinding,
    selectors: z.array(z.object({ selector: z.string(), record, ...dkimFinding })),
  }),
  dmarc: z.object({
    ...finding(dmarcCodes),
    record,
    domain: z.string().nullable().describe('The domain that has the record.'),
    policy: z.enum(dmarcPolicies).nullable(),
  }),
  mx: z.object({ ...finding(['null_mx']), hosts: z.array(z.string()) }),
});

/** One label after the other, as in names of DNS. */
const selectorSchema = z
  .string()
  .max(63)
  .regex(/^[\w-]+(?:\.[\w-]+)*$/, 'Give a selector of DKIM: letters, digits, hyphens and dots.');

/** `GET /api/connectors/:id/deliverability` */
export function getDeliverability(app: AppInstance, { connectors, platform }: Services): void {
  app.get(
    '/connectors/:id/deliverability',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Look up what DNS says of the sender of a connector for mails',
        description:
          'What SPF, DKIM, DMARC and MX of the domain of the sender say, by codes. `unknown` where looking up is off (`SESAME_DNS`), where no answer came, or where nobody knows under which selector a key of DKIM is: give it as `selector`.',
        params: idParams,
        querystring: z.object({
          selector: selectorSchema.optional().describe('Where a key of DKIM is, beside what is known of the provider.'),
        }),
        response: { 200: deliverabilitySchema, ...errorResponses('entity.not_found', 'connector.unexpected_type') },
      },
    },
    async ({ params, query: { selector } }) =>
      checkDeliverability(platform, await connectors.get(params.id), selector === undefined ? [] : [selector]),
  );
}
