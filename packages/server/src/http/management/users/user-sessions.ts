import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { UserSession } from '../../../oidc/sessions.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { deviceOf } from '../../pages/account/device.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { tags, time, userParams } from './user-schemas.ts';

const sessionParams = userParams.extend({
  sessionId: z.string().min(1).max(128).describe('`payload.uid` of the session.'),
});

const seconds = z.number().int().describe('Seconds since the epoch.');

/** A session as Logto shows it, and below that what people want to know of it. */
const sessionReply = z.object({
  payload: z.object({
    kind: z.literal('Session'),
    uid: z.string(),
    jti: z.string().describe('The `uid` once more: what the cookie holds is told to nobody.'),
    accountId: z.string(),
    loginTs: seconds,
    exp: seconds,
    authorizations: z.record(z.string(), z.object({ grantId: z.string() })).describe('By the id of the application.'),
  }),
  lastSubmission: z.null(),
  clientId: z.string().nullable().describe('One of the applications.'),
  accountId: z.string(),
  expiresAt: time,
  signedInAt: time,
  lastSeenAt: time.describe('When an application last asked for a sign-in with it.'),
  browser: z.string().describe('Its name; empty for an unknown one.'),
  system: z.string().describe('The operating system; empty for an unknown one.'),
  applications: z.array(z.object({ id: z.string(), name: z.string() })).describe('What it is signed in to.'),
});

type Deps = Pick<Services, 'users' | 'userSessions'>;

/** `GET /api/users/:userId/sessions`, and one of them, and their end. */
export function userSessions(app: AppInstance, { users, userSessions: sessions }: Deps): void {
  app.get(
    '/users/:userId/sessions',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'List where a user is signed in',
        description: 'One session for each browser, the latest sign-in first.',
        params: userParams,
        response: { 200: z.object({ sessions: z.array(sessionReply) }), ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId } }) => {
      await users.get(userId);
      return { sessions: (await sessions.list(userId)).map((session) => describe(userId, session)) };
    },
  );
  app.get(
    '/users/:userId/sessions/:sessionId',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'Get a session of a user',
        params: sessionParams,
        response: { 200: sessionReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId, sessionId } }) => {
      const session = (await sessions.list(userId)).find(({ id }) => id === sessionId);
      if (!session) throw new ApiError('entity.not_found');
      return describe(userId, session);
    },
  );
  app.delete(
    '/users/:userId/sessions/:sessionId',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.end-session', subject: 'user', part: 'sessions' },
      },
      schema: {
        tags,
        summary: 'End a session of a user',
        description:
          'Signs one browser out at once. Where nothing is said, applications with `offline_access` keep what they were given.',
        params: sessionParams,
        querystring: z.object({
          revokeGrantsTarget: z
            .enum(['all', 'firstParty'])
            .optional()
            .describe('Takes away what applications were given, too; all of them are first-party here.'),
        }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId, sessionId }, query }, reply) => {
      const ended = await sessions.end(
        userId,
        sessionId,
        query.revokeGrantsTarget ? undefined : 'offline access stays',
      );
      if (!ended) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/users/:userId/sessions',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.end-sessions', subject: 'user', part: 'sessions' },
      },
      schema: {
        tags,
        summary: 'Sign a user out everywhere',
        description:
          'Ends all sessions, takes away what applications were given, and makes strangers of the browsers that are known.',
        params: userParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId } }, reply) => {
      await users.get(userId);
      await sessions.endAll(userId);
      return reply.code(204).send(null);
    },
  );
}

function describe(userId: string, { id, applications, userAgent = '', ...session }: UserSession) {
  const { signedInAt, lastSeenAt, expiresAt } = session;
  return {
    payload: {
      kind: 'Session' as const,
      uid: id,
      jti: id,
      accountId: userId,
      loginTs: Math.floor(signedInAt / 1000),
      exp: Math.floor(expiresAt / 1000),
      authorizations: Object.fromEntries(applications.map((one) => [one.id, { grantId: one.grantId }])),
    },
    lastSubmission: null,
    clientId: applications[0]?.id ?? null,
    accountId: userId,
    expiresAt,
    signedInAt,
    lastSeenAt,
    ...deviceOf(userAgent),
    applications: applications.map((one) => ({ id: one.id, name: one.name })),
  };
}
