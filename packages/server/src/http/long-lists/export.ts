import { Readable } from 'node:stream';
import { maskNumbers } from '../mask-numbers.ts';

/** The forms that a list is exported in. */
export const exportTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const;
export type ExportFormat = keyof typeof exportTypes;

type Entry = Record<string, unknown>;

/** A list that goes out as it is read. Its phone numbers are masked already where they have to be. */
export class ExportStream extends Readable {
  readonly #texts: AsyncGenerator<string>;

  constructor(texts: AsyncGenerator<string>) {
    super();
    this.#texts = texts;
  }

  override _read(): void {
    this.#texts.next().then(
      ({ done, value }) => this.push(done ? null : value),
      (error: Error) => this.destroy(error),
    );
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    void this.#texts.return(undefined).catch(() => {});
    callback(error);
  }
}

/**
 * Writes entries, a slice at a time and only as fast as they are taken. Where it cannot go on, the connection ends before
 * the answer does, so that nobody takes a part for the whole.
 * @param columns the fields of a CSV, which has them in a header
 * @param checkAdmitted asked before each slice but the first; it throws when the export must not go on
 * @throws what the first slice throws, before anything has gone out
 */
export async function exportEntries(
  slices: AsyncGenerator<Entry[]>,
  {
    format,
    columns,
    isMasked,
    checkAdmitted,
  }: {
    format: ExportFormat;
    columns: readonly string[];
    isMasked: boolean;
    checkAdmitted: () => Promise<void>;
  },
): Promise<ExportStream> {
  const first = await slices.next();
  const show = (entry: Entry): Entry => (isMasked ? JSON.parse(maskNumbers(JSON.stringify(entry), true)) : entry);
  const write = (entry: Entry) => (format === 'csv' ? csvLine(columns.map((name) => entry[name])) : ndjsonLine(entry));
  async function readOn() {
    await checkAdmitted();
    return slices.next();
  }
  async function* texts(): AsyncGenerator<string> {
    if (format === 'csv') yield csvLine(columns);
    try {
      for (let slice = first; !slice.done; slice = await readOn()) {
        const text = slice.value.map((entry) => write(show(entry))).join('');
        // An empty text would be the end of the stream.
        if (text) yield text;
      }
    } finally {
      await slices.return(undefined);
    }
  }
  return new ExportStream(texts());
}

const ndjsonLine = (entry: Entry): string => `${JSON.stringify(entry)}\n`;

/** A line of RFC 4180. */
const csvLine = (values: readonly unknown[]): string => `${values.map(csvCell).join(',')}\r\n`;

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${disarm(text).replaceAll('"', '""')}"`;
}

/** Where a spreadsheet begins a new cell, in a text that is quoted, too: some split at semicolons, or mind no quotes. */
const ends = ';\\t\\n\\v\\f\\r\\u0085\\u2028\\u2029';
/** What they pass over, or nobody sees, before the sign that makes a formula. */
const passedOver = `(?:(?![${ends}])[\\p{C}\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800"])*`;
const formula = new RegExp(`(?<=^|[${ends}])(?=${passedOver}[=+\\-@＝＋－＠﹦﹢﹣﹫])[^${ends}]*`, 'gu');

/**
 * Puts an apostrophe before what a spreadsheet would run. A number with its sign is none, masked or not, so that phone
 * numbers stay as they are.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function disarm(text: string): string {
  const disarmed = text.replace(formula, (found) => (/^ *[+-][\d •]+$/.test(found) ? found : `'${found}`));
  return /^[\t\r\n]/.test(disarmed) ? `'${disarmed}` : disarmed;
}
