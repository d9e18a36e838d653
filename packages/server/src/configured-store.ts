import { type Config, ConfigError } from './config.ts';
import { openStore, type Store } from './store/store.ts';

/** Opens the store that the settings name. @throws ConfigError */
export function openConfiguredStore({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Store> {
  return databaseUrl
    ? naming('SESAME_DATABASE_URL', openStore({ databaseUrl }))
    : naming('SESAME_DATA_DIR', openStore({ dataDir }));
}

const reasons: Record<string, string> = {
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'this machine does not have that address',
  EACCES: 'it is not allowed',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up',
  ECONNREFUSED: 'nothing answers there',
};

/** Names the setting that a step of the start depends on when it fails. @throws ConfigError */
export async function naming<T>(setting: string, step: Promise<T>): Promise<T> {
  return step.catch((error: unknown) => {
    const failures = [...new Set(failuresOf(error))].join('; ').replace(/\.$/, '');
    throw new ConfigError(`${setting} cannot be used: ${failures}.`);
  });
}

/** Of several servers, addresses or ways to connect each says what was wrong. */
function failuresOf(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(failuresOf);
  const { code = '', message } = error as NodeJS.ErrnoException;
  return [reasons[code] ?? message];
}
