import { fileURLToPath } from 'node:url';

/** The folder of the repository: what relative settings start from, as `npm start` does. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));
