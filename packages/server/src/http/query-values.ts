import { z } from 'zod';

/** A switch in a query, as Logto writes it; off where it is missing. */
export const yesOrNo = z
  .stringbool({
    truthy: ['true', '1', 'yes', 'y', 't'],
    falsy: ['false', '0', 'no', 'n', 'f'],
    error: 'Say true or false.',
  })
  .default(false);
