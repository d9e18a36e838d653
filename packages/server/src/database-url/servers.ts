import { decoded, refuse } from './refuse.ts';

/** Where a PostgreSQL listens; a host that starts with a slash is the folder of a Unix socket. */
export type DatabaseServer = { host: string | undefined; port: number | undefined };

/** The part between the credentials and the path, with the parameter `port`. @throws DatabaseUrlError */
export function serversOf(text: string, ports: string | undefined): DatabaseServer[] {
  const parts = text.split(',').map((part) => {
    const [, literal, name, port] =
      /^(?:\[([\da-f:.]+(?:%[\w.-]+)?)\]|([^:[\]]*))(?::(\d*))?$/i.exec(part) ??
      refuse(
        'A host is a name, an IPv4 address, an IPv6 address in brackets or a folder as %2Fpath, with at most a port.',
      );
    return { host: literal ?? decoded(name ?? '', 'A host'), port };
  });
  const inParameter = portsOf(ports, parts.length);
  return parts.map(({ host, port }, index) => ({
    host: host || undefined,
    port: inParameter[index] ?? (port ? portOf(port) : undefined),
  }));
}

/** The parameters `host` and `port`. @throws DatabaseUrlError */
export function serversNamed(hosts: string, ports: string | undefined): DatabaseServer[] {
  const names = hosts.split(',');
  const inParameter = portsOf(ports, names.length);
  return names.map((host, index) => ({ host: host || undefined, port: inParameter[index] }));
}

/** One port for all hosts, or one for each. */
function portsOf(text: string | undefined, hosts: number): (number | undefined)[] {
  if (text === undefined) return [];
  const ports = text.split(',').map((port) => (port ? portOf(port) : undefined));
  if (ports.length !== 1 && ports.length !== hosts) refuse('port takes one port, or as many as there are hosts.');
  return Array.from({ length: hosts }, (_, index) => ports[ports.length === 1 ? 0 : index]);
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : refuse('port takes numbers from 1 to 65535.');
}
