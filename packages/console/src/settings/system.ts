import type { paths } from '../api/schema.d.ts';

/** What the server says of itself. */
export type System = paths['/api/system']['get']['responses'][200]['content']['application/json'];

/** A size as people of a language write it, in the unit that suits it. */
export function sizeIn(language: string, bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const format = { style: 'unit', unit: units[step] as string, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, format).format(bytes / 1000 ** step);
}
