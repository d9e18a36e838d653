import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, AuditLog, Change } from '../admin/audit-log.ts';
import { ApiError } from '../errors.ts';
import { changesBetween, type SubjectRecord, secretChanges } from './audit-changes.ts';
import { type AuditSubjects, subjectIn } from './audit-subjects.ts';
import type { Caller } from './caller.ts';

/** What the audit log says of an operation that changes something. */
export type Audit = {
  /** For example `connector.set-up`. */
  action: string;
  /** The kind of thing that is changed. */
  subject: string;
  /** The part of it that is compared in place of the thing itself, for example its sessions. */
  part?: string;
  /** What it replaces without showing it: the log says that it changed. */
  replaces?: readonly string[];
  /** The fields of the body to keep with their values. Of all others only the names are kept: they may be secret. */
  details?: readonly string[];
  /** What it is called where the body names an email address in place of a number. */
  byEmail?: { action: string; subject: string };
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
  async function read({ subject, part }: Audit, request: FastifyRequest, made: { id?: string | null } = {}) {
    const { caller } = request;
    const { id, params } = subjectIn(request);
    if (!caller) return undefined;
    const asked = { id: id ?? made.id ?? '', params, madeId: made.id ?? undefined, caller };
    const found = subjects[part ? `${subject}/${part}` : subject]?.(asked);
    return found?.catch((error: unknown) => {
      if (!(error instanceof ApiError))
        request.log.warn({ err: error }, 'the audit log could not read what is changed');
      return undefined;
    });
  }
  const before = (route: Audit) => async (request: FastifyRequest) => {
    const audit = byChannel(route, request);
    const { id } = subjectIn(request);
    // What is made has no before; what is there once has one, and so has what is the caller's own.
    if (request.method !== 'GET' && (id !== undefined || !makesAnother(audit))) {
      request.subjectBefore = await read(audit, request);
    }
  };
  const hookFor = (route: Audit) => async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    const audit = byChannel(route, request);
    const { caller, subjectBefore } = request;
    if (!caller || reply.statusCode >= 300 || audit.when?.(request) === false) return;
    const made = idIn(payload);
    const change = describeChange(audit, request, made);
    // Where nothing was read before, nothing that is there now is new.
    const after = subjectBefore || makesAnother(audit) ? await read(audit, request, { id: made }) : undefined;
    const changes = [...changesBetween(subjectBefore, after), ...secretChanges(audit.replaces ?? [])];
    const name = (after ?? subjectBefore)?.name;
    // A body may name something else, such as a scope of the subject.
    const isOther = change.details.name !== undefined && change.details.name !== name;
    if (name) change.details[isOther ? 'subjectName' : 'name'] = name;
    // None, where what is there could be compared, says that nothing changed.
    if (changes.length > 0 || (subjectBefore && after)) change.details.changes = changes;
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

function describeChange(
  { action, subject, details = [] }: Audit,
  request: FastifyRequest,
  made: string | undefined,
): Change {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const given = Object.keys(body).filter((key) => body[key] !== undefined);
  return {
    action,
    subject: { type: subject, id: subjectIn(request).id ?? made ?? null },
    details: {
      ...(given.length > 0 && { fields: given }),
      ...Object.fromEntries(given.filter((key) => details.includes(key)).map((key) => [key, body[key]])),
    },
  };
}

/** What an operation is called by the channel of whom a request names. */
const byChannel = (audit: Audit, { body }: FastifyRequest): Audit =>
  (body as { email?: unknown } | null | undefined)?.email === undefined ? audit : { ...audit, ...audit.byEmail };

/** Whether an operation without an id in its path makes something new. */
const makesAnother = ({ action }: Audit): boolean => /\.(create|set-up|import)$/.test(action);

/** The id that a reply tells, of what was made. */
function idIn(payload: unknown): string | undefined {
  if (typeof payload !== 'string' || !payload.startsWith('{')) return undefined;
  const { id } = JSON.parse(payload) as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}
