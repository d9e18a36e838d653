import { type Config, ConfigError } from './config.ts';
import { occupyFolder } from './store/sqlite/occupy-folder.ts';
import { openStore, type Store, type TellMigration } from './store/store.ts';

type Place = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** Opens the store that the settings name. @throws ConfigError */
export const openConfiguredStore = (place: Place, migrationBegins?: TellMigration): Promise<Store> =>
  namingDatabase(place, openStore(locationOf(place), migrationBegins));

const locationOf = ({ databaseUrl, dataDir }: Place) => (databaseUrl ? { databaseUrl } : { dataDir });

/** As `openConfiguredStore`, for a server: on a data folder there is one at a time. @throws ConfigError */
export async function openServerStore(place: Place, migrationBegins?: TellMigration): Promise<Store> {
  const leave = await occupy(place);
  try {
    const store = await openConfiguredStore(place, migrationBegins);
    return { ...store, close: () => store.close().finally(leave) };
  } catch (error) {
    leave();
    throw error;
  }
}

/**
 * Keeps servers out of the data folder that the settings name, if they name one.
 * @returns lets them in
 * @throws ConfigError
 */
export async function occupy({ databaseUrl, dataDir }: Place): Promise<() => void> {
  if (databaseUrl) return () => {};
  return namingDatabase({ databaseUrl, dataDir }, (async () => occupyFolder(dataDir))());
}

/** Names the setting that says where the database is when a step that needs it fails. @throws ConfigError */
export const namingDatabase = <T>({ databaseUrl, dataDir }: Place, step: Promise<T>): Promise<T> =>
  naming(databaseUrl ? 'SESAME_DATABASE_URL' : `SESAME_DATA_DIR (${dataDir})`, step);

/** Names the setting of a port that cannot be listened on, and how to choose another. @throws ConfigError */
export function namingPort<T>(
  setting: 'SESAME_PORT' | 'SESAME_METRICS_PORT',
  { host, port }: { host: string; port: number },
  step: Promise<T>,
): Promise<T> {
  const another = `${setting}=${port < 65_535 ? port + 1 : port - 1}`;
  return step.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      throw new ConfigError(
        `${setting} cannot be used: the port is in use. Something else listens on port ${port} of this machine: ` +
          `stop that, or choose another port, for example ${another}.`,
      );
    }
    if (error.code === 'EACCES') {
      const advice = `choose one from 1024 on, for example ${setting}=3001`;
      throw new ConfigError(`${setting} cannot be used: port ${port} is not allowed to this user; ${advice}.`);
    }
    return naming(`SESAME_HOST (${host})`, Promise.reject(error));
  });
}

const sqliteBusy = 5;
const locked = 'another program has locked its database, as "sesame move" does; wait until that has ended';

const reasons: Record<string, string> = {
  '25006':
    'the server takes no writes, as a standby; name the primary, or all of them and target_session_attrs=read-write',
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
  const { code = '', message, errcode } = error as NodeJS.ErrnoException & { errcode?: number };
  if (errcode === sqliteBusy) return [locked];
  if (/^SASL: .*client password must be/.test(message)) return ['the server asks for a password, and there is none'];
  return [reasons[code] ?? message];
}
