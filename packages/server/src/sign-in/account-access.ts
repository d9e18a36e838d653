import type { User } from '../accounts/user-record.ts';
import type { Client } from '../protection/client.ts';
import type { AccountScopes } from './account-fields.ts';

/** A signed-in user, by one session or one grant of an application: what is proven in it counts in it alone. */
export type AccountAccess = {
  userId: string;
  /** `session:<id>` or `grant:<id>`. */
  subject: string;
  scopes: AccountScopes;
  client: Client;
};

/** Who it is, as was just proven: when (milliseconds since the epoch), and by which verification. */
export type ProvenPerson = { user: User; proven: { provenAt: number; proofId: string } };
