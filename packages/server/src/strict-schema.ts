import { z } from 'zod';
import { unknownName } from './unknown-name.ts';

/** Of more that is wrong with a request, nobody is told: anybody may send thousands of names. */
export const mostIssues = 50;

/** Schemas share parts, and a process may make several apps of them. */
const copies = new WeakMap<z.core.$ZodType, z.core.$ZodType>();

/** The same schema, whose objects take nothing but what they name. Records and objects that say otherwise stay. */
export function strictly<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  const known = copies.get(schema);
  if (known) return known as Schema;
  const def = schema._zod.def as z.core.$ZodTypeDef & Parts;
  const changed = changesOf(def);
  // With its parent, the copy keeps the description.
  const copy = changed === undefined ? schema : z.core.clone(schema, { ...def, ...changed } as never, { parent: true });
  copies.set(schema, copy);
  return copy;
}

type Parts = {
  shape?: z.core.$ZodShape;
  catchall?: z.core.$ZodType;
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
  valueType?: z.core.$ZodType;
  in?: z.core.$ZodType;
};

function changesOf({
  type,
  shape,
  catchall,
  element,
  innerType,
  options,
  valueType,
  ...rest
}: z.core.$ZodTypeDef & Parts) {
  if (type === 'object' && shape) {
    const known = Object.keys(shape);
    return {
      shape: Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, strictly(value)])),
      ...(isOpen(catchall) ? {} : { catchall: z.never(), error: sayWhatIsKnown(known) }),
    };
  }
  if (options) {
    const strict = options.map((option) => strictly(option));
    return strict.some((option, index) => option !== options[index]) ? { options: strict } : undefined;
  }
  const [name = '', part] = Object.entries({ element, innerType, valueType, in: rest.in }).find(([, one]) => one) ?? [];
  const strict = part && strictly(part);
  return strict === part ? undefined : { [name]: strict };
}

const isOpen = (catchall: z.core.$ZodType | undefined) => catchall !== undefined && catchall._zod.def.type !== 'never';

/** A sentence for each key that is told of, one on a line. */
const sayWhatIsKnown =
  (known: readonly string[]) =>
  (issue: z.core.$ZodRawIssue): string | undefined =>
    issue.code === 'unrecognized_keys'
      ? issue.keys
          .slice(0, mostIssues)
          .map((key) => unknownName(key, known))
          .join('\n')
      : undefined;

/** One issue for each key that is not known, where an issue is about such keys; for so many of them at most. */
export function issuesOfKeys(
  issue: { in: string | undefined; path: string; message: string },
  keys: readonly string[],
) {
  const messages = issue.message.split('\n');
  return keys.slice(0, mostIssues).map((key, index) => ({
    ...issue,
    path: issue.path === '' ? key : `${issue.path}.${key}`,
    message: messages[index] ?? issue.message,
  }));
}
