import type { Administrator } from '../admin/administrator.ts';
import type { AdministratorSession } from '../admin/sessions.ts';
import type { Asker } from '../verification/asking.ts';

/** Who makes a request: an administrator with a session of the Console, or an application with an access token. */
export type Caller =
  | { type: 'administrator'; administrator: Administrator; session?: AdministratorSession }
  /**
   * `mayAll`: whether it may do everything, what only owners may included. `instance`: which application of its id it is,
   * where the token says.
   */
  | { type: 'application'; id: string; mayAll: boolean; instance?: string | undefined };

/** What a caller is known by to the guard. */
export const callerName = (caller: Caller | undefined): string =>
  caller?.type === 'administrator' ? `administrator/${caller.administrator.id}` : `application/${caller?.id}`;

/** Who asks for a message by the Management API. */
export const askerOf = (caller: Caller | undefined): Asker => ({
  through: 'management-api',
  ...(caller?.type === 'administrator' && { administratorId: caller.administrator.id }),
  ...(caller?.type === 'application' && { applicationId: caller.id }),
});

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the proof was checked. */
    caller?: Caller | undefined;
  }
}
