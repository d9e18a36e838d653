/** An amount as the API gives it. */
export type Money = { amount: string; currency: string };

/** An amount in the person's language; small ones, as the price of a message, to a hundredth of a cent. */
export function moneyText({ amount, currency }: Money, language: string): string {
  const value = Number(amount);
  const maximumFractionDigits = Math.abs(value) < 1 ? 4 : 2;
  return new Intl.NumberFormat(language, {
    ...{ style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits },
  }).format(value);
}

/** Amounts of several currencies; a dash for none. */
export const moneyList = (amounts: readonly Money[], language: string): string =>
  amounts.length === 0 ? '–' : amounts.map((each) => moneyText(each, language)).join(' + ');
