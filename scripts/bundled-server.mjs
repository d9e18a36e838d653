import { join } from 'node:path';
import { root } from './root.mjs';
import { isMade } from './stamp.mjs';

/** The server with its packages in few files, made of these inputs. Paths are relative to the repository. */
export const bundledServer = {
  file: 'packages/server/dist/start.cjs',
  stamp: 'packages/server/dist/.inputs',
  inputs: [
    'packages/server/src',
    'packages/connector-kit/src',
    'packages/pages/src',
    'connectors',
    'scripts/bundle-server.mjs',
    'package-lock.json',
  ],
};

/** The file to start: the server in few files where it is made of the sources that are there, or else the sources. */
export const serverFile = () => join(root, isMade(bundledServer) ? bundledServer.file : 'packages/server/src/start.ts');
