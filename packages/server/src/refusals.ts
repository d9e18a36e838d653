import { ApiError, type ErrorCode, errorCatalogue } from './errors.ts';

/** A field that is refused, and why; with a `code` where that is not the one of the whole refusal. */
export type FieldIssue = { in?: string; path: string; message: string; code?: ErrorCode; [more: string]: unknown };

/** Checks of the fields of a body, each by the path of its field; a check throws what it refuses. */
export type FieldChecks = Readonly<Record<string, () => unknown>>;

/** A refusal of one field of a body. */
export const refusedField = (path: string, message: string): ApiError =>
  new ApiError('guard.invalid_input', { issues: [{ in: 'body', path, message }] });

/** The same for a reason that has a code of its own. */
export const refusedFor = (code: ErrorCode, path: string): ApiError =>
  new ApiError(code, { issues: [{ in: 'body', path, message: errorCatalogue[code].message }] });

/** All that these checks refuse, in their order. A refusal that names no field is about the field of its check. */
export const refusalsOf = (checks: FieldChecks): ApiError[] =>
  Object.entries(checks).flatMap(([path, check]) => {
    try {
      check();
      return [];
    } catch (error) {
      return [about(path, error)];
    }
  });

/** The same of one check that takes its time. */
export const refusalOf = (path: string, check: Promise<unknown>): Promise<ApiError[]> =>
  check.then(
    () => [],
    (error: unknown) => [about(path, error)],
  );

/** Whatever kind of error something else is, it is no refusal. @throws that */
function about(path: string, error: unknown): ApiError {
  if (!(error instanceof ApiError)) throw error;
  if (fieldsOf(error).length > 0) return error;
  const { code, data: { message = error.message, issues: rules, ...data } = {}, status } = error;
  const issue = { in: 'body', path, message, ...(rules !== undefined && { rules }) };
  return new ApiError(code, { ...data, issues: [issue] }, status);
}

/**
 * One refusal of everything that is wrong: it has the code and the data of the first, and the issues of all. The data of
 * `password.rejected` is a list of rules, as in Logto, so that another code goes before it.
 */
export function joined(refusal: ApiError, others: readonly ApiError[]): ApiError {
  const isPassword = ({ code }: ApiError) => code === 'password.rejected';
  const first = isPassword(refusal) ? others.find((other) => !isPassword(other)) : refusal;
  if (!first) return refusal;
  const issues = [first, ...others].flatMap((each) =>
    fieldsOf(each).map((issue) => ({ ...issue, ...(each.code !== first.code && { code: each.code }) })),
  );
  if (issues.length === 0) return first;
  const once = new Map(issues.map((issue) => [`${issue.path} ${issue.message}`, issue]));
  return new ApiError(first.code, { ...first.data, issues: [...once.values()] }, first.status);
}

/** The fields that a refusal names. */
function fieldsOf({ data }: ApiError): FieldIssue[] {
  const issues = Array.isArray(data?.issues) ? (data.issues as Partial<FieldIssue>[]) : [];
  return issues.filter((issue): issue is FieldIssue => typeof issue.path === 'string');
}
