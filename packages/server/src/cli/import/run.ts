import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createAuditLog } from '../../admin/audit-log.ts';
import type { Config } from '../../config.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';
import type { Store } from '../../store/store.ts';
import { CommandError } from '../command-error.ts';
import { knownKeys, secretKeysOf } from '../data/known-keys.ts';
import { root } from '../root.ts';
import type { Terminal } from '../terminal.ts';
import { withStore } from '../with-store.ts';
import { openRecords } from './file-records.ts';
import { readHashConfig } from './hash-config.ts';
import { type ImportTotals, importFile } from './import-file.ts';
import type { Source } from './source.ts';
import { auth0 } from './sources/auth0.ts';
import { clerk } from './sources/clerk.ts';
import { csv } from './sources/csv.ts';
import { firebase } from './sources/firebase.ts';
import { logto } from './sources/logto.ts';
import { supabase } from './sources/supabase.ts';

const sources: Record<string, (hashConfig: Parameters<typeof firebase>[0]) => Source> = {
  firebase,
  auth0: () => auth0,
  supabase: () => supabase,
  clerk: () => clerk,
  logto: () => logto,
  csv: () => csv,
};

/** `sesame import`: brings users along from a file of another system. @throws CommandError, ConfigError */
export async function runImportCommand(words: readonly string[], terminal: Terminal): Promise<void> {
  const { from, file, country, hashConfig, ...options } = readWords(words);
  const source = sources[from]?.(
    hashConfig === undefined ? undefined : await readHashConfig(resolve(terminal.cwd, hashConfig)),
  );
  if (!source) throw new CommandError(`Say with --from where the users come from: ${Object.keys(sources).join(', ')}.`);
  const records = await openRecords(resolve(terminal.cwd, file), source);
  await withStore(terminal, async (store, config, platform) => {
    const secretKeys = await keysForSecrets(store, config);
    const begun = platform.now();
    const record = createAuditLog({ store, platform }).recordSoFar(
      { type: 'server', id: 'command-line' },
      { action: 'user.import', subject: { type: 'user', id: null }, details: { from } },
    );
    const totals = await importFile(
      { store, platform, secretKeys },
      {
        file: records,
        source,
        sourceName: from,
        country,
        options,
        // What an import leaves that is broken off is there, too.
        onTaken: async (soFar) => {
          if (!options.dryRun && soFar.created + soFar.updated > 0) await record(soFar);
        },
        tell: (line, sentence) => terminal.complain(`Line ${line}: ${sentence}`),
        onProgress: (soFar, progress) => terminal.print(progressOf(soFar, progress, platform.now() - begun)),
      },
    );
    terminal.print(summaryOf(totals, options.dryRun));
    if (totals.failed > 0)
      throw new CommandError('Mend these lines and import the file again: users who are there stay as they are.');
  });
}

/** The keys that secrets of authenticator apps are encrypted under; without them, the first such secret breaks off. */
async function keysForSecrets(store: Store, config: Config): Promise<Pick<SecretKeys, 'encrypt'>> {
  const folder = resolve(root, config.dataDir);
  const keys = await secretKeysOf(store, config, folder);
  if (keys) return keys;
  return {
    encrypt() {
      throw new CommandError(
        `Secrets of authenticator apps are encrypted under the secret key, and the one of this database is not in ${knownKeys(config, folder).place}. Run the command with the settings of Sesame, once that has started.`,
      );
    },
  };
}

function readWords(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        from: { type: 'string', default: '' },
        'hash-config': { type: 'string' },
        country: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        upsert: { type: 'boolean', default: false },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Error('Name one file.');
    const { from, country, upsert, 'hash-config': hashConfig, 'dry-run': dryRun } = values;
    return { from, country: country?.toUpperCase(), file, hashConfig, upsert, dryRun };
  } catch (error) {
    throw new CommandError(`${(error as Error).message} For example: npx sesame import --from csv users.csv --dry-run`);
  }
}

function progressOf(totals: ImportTotals, progress: number, milliseconds: number): string {
  const lines = Object.values(totals).reduce((sum, count) => sum + count);
  const perSecond = Math.round(lines / Math.max(1, milliseconds / 1000));
  return `${lines} users, ${Math.floor(progress * 100)} % of the file, ${perSecond} a second`;
}

function summaryOf({ created, updated, exists, failed }: ImportTotals, dryRun: boolean): string {
  const would = dryRun ? 'A dry run, nothing was written. ' : '';
  return `${would}Created: ${created}, changed: ${updated}, already there: ${exists}, failed: ${failed}.`;
}
