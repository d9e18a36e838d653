import { z } from 'zod';
import { amountOf } from '../../../protection/money/amount.ts';

/** How the documentation groups them. */
export const tags = ['Protection'];

export const countryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'Name a country by its two capital letters (ISO 3166-1 alpha-2).' });

/** Why a send does not simply go, with figures. */
export const reasonsSchema = z.array(
  z.object({
    rule: z.string().describe('`country-not-served`, `never`, `closed`, `unverified`, `failed-checks` or `cap`.'),
    scope: z
      .string()
      .describe(
        'The budget that it is about, or the cap; one of money ends with its currency, as in `cap:day/DE/cost/EUR`.',
      ),
    value: z.number().nullish().describe('What stood there.'),
    limit: z.number().nullish().describe('What it may come to.'),
  }),
);

/** An amount of money. */
export const moneySchema = z.object({
  amount: z.string().describe('A decimal number.'),
  currency: z.string().describe('ISO 4217.'),
});
export type Money = z.infer<typeof moneySchema>;

/** @param cost in millionths of the currency */
export const moneyOf = (cost: number, currency: string): Money => ({ amount: amountOf(Math.round(cost)), currency });

/** What is said of lists of amounts. */
export const costList = 'Estimated until providers say it; one amount for each currency.';

/** What SMS cost, and what each that was typed in did. */
export const costFields = {
  messages: z.int().describe('SMS that went out.'),
  parts: z.int().describe('How many SMS they were billed as.'),
  verified: z.int().describe('Those whose code was typed in.'),
  costs: z.array(moneySchema).describe(costList),
  costPerVerified: z.array(moneySchema).describe('The same for each that was verified; nothing where none was.'),
};

/** What was counted of a number of SMS, `cost` in millionths. */
type Counted = { messages: number; parts: number; verified: number; cost: number; currency: string };

/** Adds up what was counted, by currency. */
export function sumOfCosts(counted: readonly Counted[]) {
  const sum = (of: 'messages' | 'parts' | 'verified') => counted.reduce((total, one) => total + one[of], 0);
  const verified = sum('verified');
  const byCurrency = [...Map.groupBy(counted, ({ currency }) => currency)].map(([currency, members]) => ({
    currency,
    cost: members.reduce((total, { cost }) => total + cost, 0),
  }));
  return {
    messages: sum('messages'),
    parts: sum('parts'),
    verified,
    costs: byCurrency.map(({ cost, currency }) => moneyOf(cost, currency)),
    costPerVerified: verified === 0 ? [] : byCurrency.map(({ cost, currency }) => moneyOf(cost / verified, currency)),
  };
}
