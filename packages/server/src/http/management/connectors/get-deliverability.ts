import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { checkDeliverability } from '../../../messaging/deliverability/deliverability.ts';
import { dkimCodes } from '../../../messaging/deliverability/dkim.ts';
import { dmarcCodes, dmarcPolicies } from '../../../messaging/deliverability/dmarc.ts';
import { recordStates, unknownCodes } from '../../../messaging/deliverability/finding.ts';
import { spfCodes } from '../../../messaging/deliverability/spf.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams } from '../../schemas.ts';
import { configSchema, tags } from './connector-schemas.ts';

const description =
  'What SPF, DKIM, DMARC and MX of the domain of the sender say, by codes. `unknown` where looking up is off (`SESAME_DNS`), where no answer came, or where nobody knows under which selector a key of DKIM is: give it as `selector`.';

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
const selector = z
  .string()
  .max(63)
  .regex(/^[\w-]+(?:\.[\w-]+)*$/, 'Give a selector of DKIM: letters, digits, hyphens and dots.')
  .optional()
  .describe('Where a key of DKIM is, beside what is known of the provider.');

/** `GET /api/connectors/:id/deliverability` */
export function getDeliverability(app: AppInstance, { connectors, platform }: Services): void {
  app.get(
    '/connectors/:id/deliverability',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Look up what DNS says of the sender of a connector for mails',
        description,
        params: idParams,
        querystring: z.object({ selector }),
        response: { 200: deliverabilitySchema, ...errorResponses('entity.not_found', 'connector.unexpected_type') },
      },
    },
    async ({ params, query }) => {
      const { row, factory, config } = await connectors.get(params.id);
      return checkDeliverability(platform, { type: row.type, factory, config }, [query.selector ?? []].flat());
    },
  );
}

/** `POST /api/connectors/:factoryId/deliverability` */
export function checkUnsavedDeliverability(app: AppInstance, { factories, platform }: Services): void {
  app.post(
    '/connectors/:factoryId/deliverability',
    {
      config: { role: 'viewer', scope: 'all', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Look up what DNS says of the sender of a configuration that need not be saved',
        description: `${description} Nothing is changed; the configuration may still lack what does not name the sender.`,
        params: z.object({ factoryId: z.string() }),
        body: z.object({ config: configSchema, selector }),
        response: {
          200: deliverabilitySchema,
          ...errorResponses('connector.not_found_with_connector_id', 'connector.unexpected_type'),
        },
      },
    },
    async ({ params: { factoryId: connectorId }, body }) => {
      const factory = factories.find(connectorId);
      if (!factory) throw new ApiError('connector.not_found_with_connector_id', { connectorId });
      const configured = { type: factory.type, factory, config: body.config };
      return checkDeliverability(platform, configured, [body.selector ?? []].flat());
    },
  );
}
