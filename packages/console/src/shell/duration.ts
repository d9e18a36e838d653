/** A wait in words, for example "2 minutes"; whole minutes from one minute on. */
export function waitInWords(seconds: number, language: string): string {
  const [value, unit] = seconds < 60 ? [Math.ceil(seconds), 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(language, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(
    value as number,
  );
}
