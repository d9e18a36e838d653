import { setTimeout } from 'node:timers/promises';
import { keptSpelling, parsePhone } from '@sesame/connector-kit';
import { v5 } from 'uuid';
import {
  beginImport,
  type ImportDeps,
  type ImportLine,
  type ImportOptions,
  type ImportOutcome,
} from '../../accounts/import/import-users.ts';
import { userIdPattern } from '../../accounts/user-fields.ts';
import type { RecordFile } from './file-records.ts';
import type { Source, SourceUser } from './source.ts';

/** Of the ids of users that come without one that can be kept. */
const namespace = '6b1f2a52-6c1a-5d0e-9d5c-0d6c3c0f4f11';
const sliceLines = 250;
/** So that a server on the same SQLite file gets its turn to write. */
const pauseMs = 5;
const progressLines = 10_000;

/** What an import has done so far. */
export type ImportTotals = Record<ImportOutcome['status'], number>;

export type FileImport = {
  file: RecordFile;
  source: Source;
  /** Of the system that the users come from: the same file has the same ids each time it is read. */
  sourceName: string;
  /** ISO 3166 code of the country that numbers without a country code are in. */
  country: string | undefined;
  options: ImportOptions;
  /** Called when another part of it is written. */
  onTaken: (totals: ImportTotals) => Promise<void>;
  /** What became of a line that did not just go well. */
  tell: (line: number, sentence: string) => void;
  onProgress: (totals: ImportTotals, progress: number) => void;
};

/** Imports a file, a slice after the other. */
export async function importFile(
  deps: ImportDeps,
  { file, source, sourceName, country, options, onTaken, tell, onProgress }: FileImport,
): Promise<ImportTotals> {
  const totals: ImportTotals = { created: 0, updated: 0, exists: 0, failed: 0 };
  const run = beginImport(deps, options);
  let slice: ImportLine[] = [];
  const takeSlice = async () => {
    for (const outcome of await run.take(slice)) {
      totals[outcome.status] += 1;
      if (outcome.status === 'failed') tell(outcome.line, reasonOf(outcome.error));
    }
    slice = [];
    await onTaken(totals);
    await setTimeout(pauseMs);
  };
  try {
    let count = 0;
    for await (const { line, value } of file.records) {
      if (value) {
        const user = source.read(value, deps.platform.now());
        slice.push(toLine(line, user, { sourceName, country }));
        for (const note of user.notes ?? []) tell(line, note);
      } else slice.push({ line, user: undefined });
      count += 1;
      if (slice.length === sliceLines) await takeSlice();
      if (count % progressLines === 0) onProgress(totals, file.progress());
    }
    await takeSlice();
  } finally {
    run.close();
  }
  return totals;
}

function toLine(
  line: number,
  { id, user }: SourceUser,
  { sourceName, country }: Pick<FileImport, 'sourceName' | 'country'>,
): ImportLine {
  const inCountry = (typed: string) => (country && parsePhone(typed, country)?.e164) || typed;
  const primaryPhone = user.primaryPhone && inCountry(user.primaryPhone);
  const otherPhones = user.otherPhones?.map(inCountry);
  const named = id !== undefined && userIdPattern.test(id) ? { id } : {};
  // Without an id, a user is known by what is signed in with.
  const name = id ?? (primaryPhone ? keptSpelling(primaryPhone) : (user.username ?? JSON.stringify(user)));
  return {
    line,
    user: { ...user, primaryPhone, ...(otherPhones && { otherPhones }), ...named },
    idOfLine: v5(`${sourceName}:${name}`, namespace),
  };
}

function reasonOf({
  code,
  message,
  data,
}: {
  code: string;
  message: string;
  data?: Record<string, unknown> | undefined;
}): string {
  const issues = (data?.issues ?? []) as { path: string; message: string }[];
  const details = issues.map(({ path, message: issue }) => (path ? `${path}: ${issue}` : issue));
  return [`${message} (${code})`, ...details, ...(data?.message ? [data.message] : [])].join(' ');
}
