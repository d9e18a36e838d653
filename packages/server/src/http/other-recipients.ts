import { z } from 'zod';
import type { OtherRecipient } from '../accounts/other-recipients.ts';
import type { ErrorCode } from '../errors.ts';
import type { CodeIdentifier } from '../experience/methods.ts';
import { type Recipient, recipientOfEmail, recipientOfPhone } from '../messaging/recipient.ts';
import { emailSchema, phoneSchema } from './schemas.ts';

/** What the operations of other numbers and of other addresses do not have in common. */
export type OtherKindOfApi = {
  type: CodeIdentifier;
  /** The last part of the path of all of them. */
  path: string;
  /** In sentences. */
  name: string;
  /** What a body has that names one. */
  shape: Record<string, z.ZodType<Recipient>>;
  refusals: ErrorCode[];
};

/** Both kinds. */
export const otherKinds: readonly OtherKindOfApi[] = [
  {
    type: 'phone',
    path: 'other-phones',
    name: 'phone number',
    shape: { phone: phoneSchema.transform(recipientOfPhone) },
    refusals: ['user.phone_already_in_use', 'phone.cannot_receive_sms'],
  },
  {
    type: 'email',
    path: 'other-emails',
    name: 'email address',
    shape: { email: emailSchema.transform(recipientOfEmail) },
    refusals: ['user.email_already_in_use'],
  },
];

/** One of them in replies. */
export const otherReply = (type: CodeIdentifier) =>
  z.object({
    id: z.string(),
    [type]: z.string(),
    addedAt: z.int().describe('Milliseconds since the epoch; that of becoming another, for one that was primary.'),
  });

/** How a reply has it. */
export const toOtherReply = (type: CodeIdentifier, { id, address, addedAt }: OtherRecipient) => ({
  id,
  [type]: address,
  addedAt,
});

/** The id of one in the path. */
export const otherId = z.string().min(1).max(64);
