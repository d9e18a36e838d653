import { getCountries } from 'libphonenumber-js/max';
import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { listPriceOf, priceList } from '../../../protection/money/price-list.ts';
import {
  type Prices,
  type PricesChange,
  priceOfPart,
  pricesChangeSchema,
  pricesSchema,
} from '../../../protection/money/prices.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags } from './protection-schemas.ts';

const replySchema = pricesSchema.extend({
  list: z
    .object({ source: z.string(), date: z.string(), currency: z.string() })
    .describe('Where the prices come from that nobody has said otherwise, and of when they are.'),
  prices: z
    .array(
      z.object({
        country: z.string().describe('ISO 3166-1 alpha-2.'),
        listPrice: z.number().describe('In the currency of the list.'),
        price: z.number().describe('What holds, in the currency.'),
        isOwn: z.boolean(),
      }),
    )
    .describe('Of one SMS of one part to each country.'),
});

/** `GET` and `PATCH /api/protection/prices` */
export function prices(app: AppInstance, { prices, factories }: Pick<Services, 'prices' | 'factories'>): void {
  const refusals = ({ countries = {}, connectors = {} }: PricesChange) => [
    ...unknownOf('countries', Object.keys(countries), getCountries(), 'There is no such country.'),
    ...unknownOf(
      'connectors',
      Object.keys(connectors),
      factories.list().flatMap(({ metadata, type }) => (type === 'Sms' ? metadata.id : [])),
      'There is no such connector for SMS; `GET /api/connector-factories` lists them.',
    ),
  ];
  app.get(
    '/protection/prices',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get what SMS cost',
        description:
          'What costs and caps are reckoned with, until a provider says what a message cost: list prices that are shipped, and what you say of them.',
        response: { 200: replySchema, ...errorResponses() },
      },
    },
    async () => describe(await prices.readStored()),
  );
  app.patch(
    '/protection/prices',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: {
          action: 'prices.change',
          subject: 'prices',
          details: ['currency', 'factor', 'countries', 'connectors'],
        },
        check: async (change: PricesChange) => refusals(change),
      },
      schema: {
        tags,
        summary: 'Change what SMS cost',
        description:
          'What is left out stays as it is; `countries` and `connectors` are replaced as a whole. It holds for what is sent from now on.',
        body: pricesChangeSchema,
        response: { 200: replySchema, ...errorResponses() },
      },
    },
    async ({ body }) => {
      const [refusal] = refusals(body);
      if (refusal) throw refusal;
      return describe(await prices.change(body));
    },
  );
}

function unknownOf(field: string, given: readonly string[], known: readonly string[], message: string): ApiError[] {
  const issues = given
    .filter((name) => !known.includes(name))
    .map((name) => ({ in: 'body', path: `${field}.${name}`, message }));
  return issues.length === 0 ? [] : [new ApiError('guard.invalid_input', { issues })];
}

const describe = (current: Prices) => ({
  ...current,
  list: priceList,
  prices: getCountries().map((country) => ({
    country,
    listPrice: listPriceOf(country),
    price: priceOfPart(current, country),
    isOwn: Object.hasOwn(current.countries, country),
  })),
});
