import { z } from 'zod';

type Fields = Record<string, unknown>;

/**
 * What a schema takes of an object of which it refuses some fields: the others, as it reads them.
 * @param refused the paths at fault, such as `branding.name`
 */
export function rightFields({ shape }: z.ZodObject, value: unknown, refused: readonly string[]): Fields {
  const rest = refused.reduce((left, path) => without(left, path.split('.')), isFields(value) ? value : {});
  const read = Object.entries(shape).flatMap(([name, field]) => {
    const found = Object.hasOwn(rest, name) ? z.safeParse(field, rest[name]) : undefined;
    return found?.success ? [[name, found.data] as const] : [];
  });
  return Object.fromEntries(read);
}

/** A list goes as a whole: its other entries would have other places. */
function without(fields: Fields, [name = '', ...below]: readonly string[]): Fields {
  const { [name]: inner, ...others } = fields;
  return below.length > 0 && isFields(inner) ? { ...others, [name]: without(inner, below) } : others;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
