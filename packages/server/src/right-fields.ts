import { z } from 'zod';

type Fields = Record<string, unknown>;

/**
 * What a schema takes of an object of which it refuses some fields: the others, as it reads them.
 * @param refused the paths at fault, such as `branding.name`
 */
export function rightFields({ shape }: z.ZodObject, value: unknown, refused: readonly string[]): Fields {
  const given = isFields(value) ? value : {};
  const known = Object.keys(shape).filter((name) => Object.hasOwn(given, name));
  const rest = without(
    Object.fromEntries(known.map((name) => [name, given[name]])),
    refused.map((path) => path.split('.')),
  );
  const read = Object.entries(shape).flatMap(([name, field]) => {
    const found = Object.hasOwn(rest, name) ? z.safeParse(field, rest[name]) : undefined;
    return found?.success ? [[name, found.data] as const] : [];
  });
  return Object.fromEntries(read);
}

/**
 * The fields without what these paths lead to, in one go through them. A list goes as a whole: its other entries would have
 * other places.
 */
function without(fields: Fields, paths: readonly (readonly string[])[]): Fields {
  const byName = Map.groupBy(paths, ([name]) => name);
  const left = Object.entries(fields).flatMap(([name, inner]): [string, unknown][] => {
    const below = byName.get(name)?.map((path) => path.slice(1));
    if (!below) return [[name, inner]];
    const isInside = isFields(inner) && below.every(({ length }) => length > 0);
    return isInside ? [[name, without(inner, below)]] : [];
  });
  return Object.fromEntries(left);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
