import { settings } from './settings.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What Kubernetes, and Docker for links, put into a container for each Service beside it (`<SERVICE>_PORT` and so on). */
const address = /^(tcp|udp|sctp):\/\//;
const serviceName = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;

/**
 * The variables that begin like settings and are none: they tell of Services with names like `sesame` or
 * `sesame-metrics`. `SESAME_PORT` itself is one of them when it holds an address.
 */
export function ofKubernetes(variables: Variables): string[] {
  return Object.keys(variables).filter((name) => {
    if (!name.startsWith('SESAME_')) return false;
    if (name.endsWith('_PORT') && address.test(variables[name] ?? '')) return true;
    return serviceName.test(name) && !Object.hasOwn(settings, name);
  });
}

/** @returns one sentence for all of them, without their values */
export function warnOfKubernetes(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const [are, them] = names.length > 1 ? ['come', 'them'] : ['comes', 'it'];
  return [
    `${names.join(', ')} ${are} from Kubernetes, for a Service whose name starts with "sesame", and Sesame does not ` +
      `read ${them}; enableServiceLinks: false in the pod keeps ${them} away.`,
  ];
}
