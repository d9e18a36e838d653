import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** Enough for two servers and others beside them: nobody waits until a connection has been idle for its time. */
const enough = 60;
const program = '/usr/sbin/pgbouncer';

/** Debian's pgbouncer in front of a PostgreSQL, with its own defaults for whatever it does not have to be told. */
export async function startPgbouncer(
  postgresUrl: string,
  poolMode: 'session' | 'transaction',
  poolSize = enough,
): Promise<{ url: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sesame-pgbouncer-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const { hostname, port: serverPort, username, password } = new URL(postgresUrl);
  const users = join(folder, 'users.txt');
  const settings = join(folder, 'pgbouncer.ini');
  await writeFile(users, `"${username}" "${password}"\n`);
  await writeFile(
    settings,
    `[databases]
* = host=${hostname} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_file = ${users}
pool_mode = ${poolMode}
default_pool_size = ${poolSize}
`,
  );
  // It refuses to run as root.
  const asUser = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(program, [...asUser, settings], { stdio: ['ignore', 'ignore', 'pipe'] });
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(`${program} cannot be run (${error.code}); on Debian: apt-get install pgbouncer`);
  });
  let log = '';
  const up = new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (/process up/.test(log)) resolve();
    });
    child.on('exit', () => reject(new Error(`pgbouncer ended: ${log}`)));
  });
  await Promise.race([up, failed]);
  return {
    url: `postgres://${username}:${password}@127.0.0.1:${port}`,
    async close() {
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
