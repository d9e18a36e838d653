/** A share of a whole, from 0 to 1, as a percentage to be compared with others: each has one digit behind the point. */
export const shareText = (share: number, language: string): string =>
  new Intl.NumberFormat(language, {
    ...{ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 },
  }).format(share);
