import type { FlowEvent } from '../store/tables/sign-ins.ts';
import { hookOfFlow } from '../webhooks/events.ts';
import type { Told } from '../webhooks/telling.ts';

/** What somebody signs in to. */
export type NamedApplication = { id: string; name: string };

type Ended = { id: string; event: FlowEvent; userId: string; application: NamedApplication | undefined };

/** What webhooks are told of a flow that has ended. */
export const flowEnded = ({ id, event, userId, application }: Ended): Told => ({
  event: hookOfFlow[event],
  userId,
  facts: {
    sessionId: id,
    ...(application && { applicationId: application.id, application }),
  },
});
