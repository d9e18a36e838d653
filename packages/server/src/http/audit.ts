import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, AuditLog, Change } from '../admin/audit-log.ts';
import { ApiError } from '../errors.ts';
import { changesBetween, type SubjectRecord } from './audit-changes.ts';
import { type AuditSubjects, subjectIn } from './audit-subjects.ts';
import type { Caller } from './caller.ts';

/** What the audit log says of an operation that changes something. */
export type Audit = {
  /** For example `connector.set-up`. */
  action: string;
  /** The kind of thing that is changed. */
  subject: string;
  /** The fields of the body to keep with their values. Of all others only the names are kept: they may be secret. */
  details?: readonly string[];
  /** Which requests are recorded; all, where it is missing. */
  when?: (request: FastifyRequest) => boolean;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    audit?: Audit;
  }
  interface FastifyRequest {
    /** What the change is about, as it was before. */
    subjectBefore?: SubjectRecord | undefined;
  }
}

/**
 * Records every change that succeeds by the routes registered in the scope of `app` from now on, before the answer. What
 * was there before is read before the change, and not in its transaction: of two changes at once, an entry may name as
 * the one before what the other left.
 */
export function recordChanges(app: FastifyInstance, auditLog: AuditLog, subjects: AuditSubjects): void {
  /** What is there; nothing where that is not known, which keeps nobody from a change. */
  async function read({ subject }: Audit, request: FastifyRequest, id: string | null | undefined) {
    const own = subjectIn(request);
    const found = subjects[subject]?.(id ?? '', own.params);
    return found?.catch((error: unknown) => {
      if (!(error instanceof ApiError))
        request.log.warn({ err: error }, 'the audit log could not read what is changed');
      return undefined;
    });
  }
  const before = (audit: Audit) => async (request: FastifyRequest) => {
    if (request.method !== 'GET' && (request.method !== 'POST' || subjectIn(request).id)) {
      request.subjectBefore = await read(audit, request, subjectIn(request).id);
    }
  };
  const hookFor = (audit: Audit) => async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    const { caller, subjectBefore } = request;
    if (!caller || reply.statusCode >= 300 || audit.when?.(request) === false) return;
    const change = describeChange(audit, request, payload);
    const after = await read(audit, request, change.subject.id);
    const changes = changesBetween(subjectBefore, after);
    const name = (after ?? subjectBefore)?.name;
    // A body may name something else, such as a scope of the subject.
    const isOther = change.details.name !== undefined && change.details.name !== name;
    if (name) change.details[isOther ? 'subjectName' : 'name'] = name;
    if (changes.length > 0) change.details.changes = changes;
    try {
      await auditLog.record(toActor(caller), change);
    } catch (error) {
      // The change is made, so the caller is told so; the log of the server has to do for the record.
      request.log.error({ err: error, change, caller: toActor(caller) }, 'a change is missing in the audit log');
    }
  };
  // Only these routes get the hooks, so that sends and checks of codes take no detour.
  app.addHook('onRoute', (route) => {
    const { audit } = (route.config ?? {}) as FastifyContextConfig;
    if (!audit) return;
    route.preHandler = [route.preHandler ?? [], before(audit)].flat();
    route.onSend = [route.onSend ?? [], hookFor(audit)].flat();
  });
}

/** Who a caller is to the audit log. */
export function toActor(caller: Caller): Actor {
  if (caller.type === 'application') return { type: 'application', id: caller.id };
  return { type: 'administrator', id: caller.administrator.id, name: caller.administrator.username };
}

function describeChange({ action, subject, details = [] }: Audit, request: FastifyRequest, payload: unknown): Change {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const given = Object.keys(body).filter((key) => body[key] !== undefined);
  return {
    action,
    subject: { type: subject, id: idOf(request, body, payload) },
    details: {
      ...(given.length > 0 && { fields: given }),
      ...Object.fromEntries(given.filter((key) => details.includes(key)).map((key) => [key, body[key]])),
    },
  };
}

/** From the path, from the reply that tells the id of what was made, or the number that it is about. */
function idOf(request: FastifyRequest, body: Record<string, unknown>, payload: unknown): string | null {
  const [inPath] = Object.values(request.params as Record<string, string>);
  // A reply without a body is the text `null` here.
  const { id } = (inPath === undefined && typeof payload === 'string' && payload && JSON.parse(payload)) || {};
  const { e164 } = (body.phone ?? {}) as { e164?: string };
  return inPath ?? id ?? e164 ?? null;
}
