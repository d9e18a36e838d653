/** A point in time as people of a language write it, to the second; `style` says what of it. */
export function formatTime(
  milliseconds: number,
  language: string,
  style: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'medium' },
): string {
  return new Intl.DateTimeFormat(language, style).format(milliseconds);
}
