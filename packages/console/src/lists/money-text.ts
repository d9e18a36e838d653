/** An amount as the API gives it. */
export type Money = { amount: string; currency: string };

/**
 * What an amount is: a sum, to a cent, or whatever the currency's smallest coin is; or the price of one thing, to a
 * hundredth of that.
 */
export type MoneyKind = 'sum' | 'price';
const finerBy = { sum: 0, price: 2 } as const;

/** An amount in the person's language. All of one kind have as many digits, so that they can be compared in a column. */
export function moneyText({ amount, currency }: Money, language: string, kind: MoneyKind = 'sum'): string {
  const value = Number(amount);
  const inCurrency = { style: 'currency', currency } as const;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat(language, inCurrency).resolvedOptions();
  const digits = maximumFractionDigits + finerBy[kind];
  const { format } = new Intl.NumberFormat(language, {
    ...inCurrency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const least = 10 ** -digits;
  // What cost something must not look as if it had cost nothing.
  return value > 0 && value < least ? `<${format(least)}` : format(value);
}

/** Amounts of several currencies; a dash for none. */
export const moneyList = (amounts: readonly Money[], language: string, kind?: MoneyKind): string =>
  amounts.length === 0 ? '–' : amounts.map((each) => moneyText(each, language, kind)).join(' + ');
