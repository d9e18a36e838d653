/** A refusal of the API, or no answer at all; `code` is one of the catalogue, or `network.unreachable`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly data: Record<string, unknown>;
  /** Seconds, where the server says when to try again. */
  readonly retryAfter: number | undefined;

  constructor({ status, code, message, data = {}, retryAfter }: ApiErrorParts) {
    super(message);
    this.status = status;
    this.code = code;
    this.data = data;
    this.retryAfter = retryAfter;
  }
}

type ApiErrorParts = {
  status: number;
  code: string;
  message: string;
  data?: Record<string, unknown> | undefined;
  retryAfter?: number | undefined;
};

/** What is known of a refusal; a reply that is not the API's own (a proxy's, for one) counts as an inner failure. */
export function apiErrorOf(response: Response, body: unknown): ApiError {
  const { code, message, data } = (body ?? {}) as { code?: unknown; message?: unknown; data?: Record<string, unknown> };
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError({
    status: response.status,
    code: typeof code === 'string' ? code : 'system.internal',
    message: typeof message === 'string' ? message : `HTTP ${response.status}`,
    data,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
  });
}

/** Whatever was thrown, as an ApiError. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError({ status: 0, code: 'network.unreachable', message: String(error) });
}

/** A field that the server refuses, and why; with a code where that is not the one of the whole refusal. */
export type Issue = { path: string; message: string; code?: string };

/** The fields at fault, where the refusal names some. */
export function issuesOf({ data }: ApiError): Issue[] {
  const issues = Array.isArray(data.issues) ? (data.issues as Partial<Issue>[]) : [];
  return issues.map(({ path = '', message = '', ...more }) => ({ path, message, ...more }));
}

/** What the server would say of fields, where the Console can tell by itself, or where two answers are one. */
export function refusedFields(issues: Issue[]): ApiError {
  const message = issues.map((issue) => issue.message).join(' ');
  return new ApiError({ status: 400, code: 'guard.invalid_input', message, data: { issues } });
}
