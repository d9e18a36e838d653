import { z } from 'zod';
import type { Platform } from '../../platform.ts';
import type { Held } from '../../store/held.ts';
import { readSetting, replaceSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { listPriceOf } from './price-list.ts';

const name = 'prices';

/** Of one part; nothing costs more, and what does is a slip of the finger. */
const price = z.number().min(0).max(100);
const factor = z.number().gt(0).max(10_000);

const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code);
const wrongCurrency = 'Give a currency by its three capital letters (ISO 4217), for example EUR.';

/** What SMS cost, as far as it differs from the list that is shipped. */
export const pricesSchema = z.object({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: wrongCurrency })
    .refine(isCurrency, { error: wrongCurrency })
    .describe('What prices, costs and caps are in (ISO 4217).'),
  factor: factor.describe(
    'What a price of the list that is shipped, which is in US$, is multiplied with: the rate of the currency, and what you pay of a list price.',
  ),
  countries: z
    .record(z.string().regex(/^[A-Z]{2}$/, { error: 'Name countries by ISO 3166-1 alpha-2.' }), price)
    .describe('What a part to a country costs, in the currency; others are as in the list.'),
  connectors: z
    .record(z.string().min(1).max(128), factor.or(z.literal(0)))
    .describe(
      'By the id of a connector factory, what its messages cost in comparison; 0 for nothing. What is left out is 1, and 0 for the development inbox.',
    ),
});
export type Prices = z.infer<typeof pricesSchema>;

/** A change; `countries` and `connectors` are replaced as a whole. */
export const pricesChangeSchema = pricesSchema.partial();
export type PricesChange = z.infer<typeof pricesChangeSchema>;

const defaultPrices: Prices = { currency: 'USD', factor: 1, countries: {}, connectors: {} };

/** What a part to a country costs, in the currency of the prices. */
export const priceOfPart = ({ countries, factor }: Prices, country: string | undefined): number =>
  countries[country ?? ''] ?? listPriceOf(country) * factor;

type Deps = {
  store: Store;
  platform: Pick<Platform, 'now'>;
  held: Held;
  /** Whether messages of a connector factory go nowhere, so that they cost nothing unless somebody says otherwise. */
  isFree: (factoryId: string) => boolean;
};

/** What SMS cost, until providers say it. */
export function createPrices({ store, platform, held, isFree }: Deps) {
  /** What cannot be read as prices, because somebody wrote it into the database, does not count. */
  const over = (stored: unknown): Prices => {
    const parsed = pricesChangeSchema.safeParse(stored ?? {});
    return { ...defaultPrices, ...(parsed.success ? parsed.data : {}) };
  };
  const readStored = async (): Promise<Prices> => over(await readSetting(store, name));
  const read = held.value(readStored);
  const factorOf = ({ connectors }: Prices, factoryId: string) => connectors[factoryId] ?? (isFree(factoryId) ? 0 : 1);

  return {
    /** What holds, from memory. */
    read,
    /** The same as it is stored at this moment. */
    readStored,

    /** Changes what is named. */
    async change(change: PricesChange): Promise<Prices> {
      for (;;) {
        const before = await readSetting(store, name);
        const after = over({ ...over(before), ...change });
        if (await replaceSettings(store, [{ name, before, after }], platform.now())) return after;
      }
    },

    /** Whether messages of a connector factory cost nothing, wherever they go. */
    async costNothing(factoryId: string): Promise<boolean> {
      return factorOf(await read(), factoryId) === 0;
    },

    /** What an SMS is likely to cost, in millionths of the currency. */
    async estimate({
      country,
      factoryId,
      parts,
    }: {
      country: string | undefined;
      factoryId: string;
      parts: number;
    }): Promise<{ cost: number; currency: string }> {
      const prices = await read();
      const each = priceOfPart(prices, country) * factorOf(prices, factoryId);
      return { cost: Math.round(each * parts * 1_000_000), currency: prices.currency };
    },
  };
}
export type PriceStore = ReturnType<typeof createPrices>;
