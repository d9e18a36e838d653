/**
 * Whether what a problem is about is as it was when the value of a field was changed.
 * @param path of the problem, for example `oidcClientMetadata.redirectUris.1`
 * @param field the one in it, for example `redirectUris`
 */
export function isSameAt(path: string, field: string, before: unknown, after: unknown): boolean {
  const place = `.${path}.`.split(`.${field}.`)[1] ?? '';
  // Entries of a list that has become longer or shorter have other places.
  const hasMoved = Array.isArray(before) && Array.isArray(after) && before.length !== after.length;
  if (place === '' || hasMoved) return false;
  const [was, is] = [before, after].map((value) => valueAt(value, place.slice(0, -1)));
  return was !== undefined && was === is;
}

/** Keys may have dots in them, as those of texts do. */
function valueAt(value: unknown, path: string): unknown {
  if (path === '' || typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (Object.hasOwn(fields, path)) return fields[path];
  const [head = '', ...rest] = path.split('.');
  return valueAt(fields[head], rest.join('.'));
}
