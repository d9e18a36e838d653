import { z } from 'zod';
import { countrySchema } from './appearance.ts';

const codes = z.number().min(0).max(1_000_000);

/** How far budgets go, in unverified codes: what is left out is as docs/protection.md says. */
const budgetSchema = z
  .object({
    block: z.object({ soft: codes, hard: codes, hardLived: codes }).partial(),
    country: z.object({ soft: codes, hard: codes, clean: codes }).partial(),
    served: z.object({ soft: codes, hard: codes, clean: codes }).partial(),
  })
  .partial()
  .describe(
    'Unverified codes until a check is asked for (`soft`) and until none is sent (`hard`): to a block of 10,000 numbers (`hardLived` where somebody has typed in a code), to a country where nobody types codes in (`country`), and to one where people do (`served`). `clean` is how far a country goes after checks that people pass. What is left out is as the documentation says.',
  );

/** So many entries a list may have. */
export const maxListed = 1000;
export const prefixSchema = z.string().regex(/^\+[1-9]\d{0,14}$/, {
  error: 'Give what numbers begin with, with a plus and digits alone, for example +49151.',
});
export const networkSchema = z.union([z.ipv4(), z.cidrv4(), z.ipv6(), z.cidrv6()], {
  error: 'Give an address or a network, for example 203.0.113.0/24.',
});

const listSchema = z.object({
  prefixes: z.array(prefixSchema).max(maxListed).describe('What numbers begin with, for example `+49151`.'),
  networks: z
    .array(networkSchema)
    .max(maxListed)
    .describe('Addresses and networks, of IPv4 and of IPv6, where an address alone stands for its /64.'),
});

const messages = z.int().min(1).max(1_000_000_000).nullable();
/** It is counted in millionths: less would be a cap that is full before anything was spent. */
const money = z.number().min(0.000_001).max(1_000_000_000).nullable();

/** How much may be spent, by UTC, until only numbers and browsers that are known are served. */
const capSchemas = {
  maxMessagesPerHour: messages.describe('SMS in an hour by UTC; null for any number.'),
  maxMessagesPerDay: messages.describe('SMS in a day by UTC; null for any number.'),
  maxMessagesPerMonth: messages.describe('SMS in a month by UTC; null for any number.'),
  maxCostPerHour: money.describe(
    'What SMS may cost in an hour by UTC, in the currency of `prices`; null for any amount.',
  ),
  maxCostPerDay: money.describe('The same in a day.'),
  maxCostPerMonth: money.describe('The same in a month.'),
};

const perCountrySchema = z
  .array(
    z
      .object({ countries: z.array(countrySchema.describe('ISO 3166-1 alpha-2.')).min(1).max(300) })
      .extend(z.object(capSchemas).partial().shape),
  )
  .max(300)
  .refine((entries) => {
    const named = entries.flatMap(({ countries }) => countries);
    return new Set(named).size === named.length;
  }, 'Name each country once.')
  .describe('Caps for each of some countries by itself, beside those for all; what is left out is not capped.');

/** What sends of codes by SMS may cost, and who gets them. */
export const fraudPolicySchema = z.object({
  mode: z
    .enum(['off', 'record', 'enforce'])
    .describe('Whether sends are guarded: not at all, recorded only, or refused.'),
  countries: z
    .object({
      mode: z.enum(['allow', 'deny']),
      list: z.array(countrySchema.describe('ISO 3166-1 alpha-2.')).max(300),
    })
    .describe('The countries that get codes (`allow`), or all but these (`deny`): that of the number.'),
  budgets: budgetSchema,
  ...capSchemas,
  perCountry: perCountrySchema,
  always: listSchema.describe('Numbers and networks that the guard lets pass.'),
  never: listSchema.describe('Numbers and networks that get no codes.'),
});
export type FraudPolicy = z.infer<typeof fraudPolicySchema>;

const shownListSchema = listSchema.extend({ prefixes: z.array(z.string()), networks: z.array(z.string()) });
/** As replies show it; to viewers with masked numbers. */
export const shownFraudPolicySchema = fraudPolicySchema.extend({ always: shownListSchema, never: shownListSchema });

/** Each of its objects is replaced as a whole. */
export const fraudPolicyChangeSchema = fraudPolicySchema.partial();

/**
 * The guard holds from the beginning; servers from before it record only (migration 0079). Every country is open until the
 * administrator says which are served.
 */
export const defaultFraudPolicy: FraudPolicy = {
  mode: 'enforce',
  countries: { mode: 'deny', list: [] },
  budgets: {},
  maxMessagesPerHour: null,
  maxMessagesPerDay: null,
  maxMessagesPerMonth: null,
  maxCostPerHour: null,
  maxCostPerDay: null,
  maxCostPerMonth: null,
  perCountry: [],
  always: { prefixes: [], networks: [] },
  never: { prefixes: [], networks: [] },
};
