/** A point in time as people of a language write it, to the second. */
export function formatTime(milliseconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(milliseconds);
}
