import { platform as realPlatform } from '../../packages/server/src/platform.ts';

/** The real one, but that passwords cost little: digests say what they cost, so that they go with those of a server. */
export const platform = { ...realPlatform, passwordCost: { memory: 64, passes: 1, parallelism: 1 } };
