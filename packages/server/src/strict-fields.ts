import { z } from 'zod';
import { unknownName } from './unknown-name.ts';

/** An object with these fields and no others; others are refused by their names, with the one that was probably meant. */
export const strictFields = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? (keys as string[]).map((key) => unknownName(key, Object.keys(shape))).join(' ')
        : undefined,
  });
