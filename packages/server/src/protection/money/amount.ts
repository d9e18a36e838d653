/** Millionths of a currency as a decimal number. @example amountOf(360_300) // '0.3603' */
export const amountOf = (micros: number): string => (micros / 1_000_000).toFixed(6).replace(/(\.\d{2}\d*?)0+$/, '$1');
