import { z } from 'zod';
import { mostOthers } from '../store/other-recipients.ts';
import { createSettingsDocument, type SettingsDeps } from './settings-document.ts';

/** What of an account can be switched; the names are Logto's, also of what accounts do not have here. */
const fieldNames = [
  'name',
  'avatar',
  'profile',
  'email',
  'phone',
  'password',
  'username',
  'social',
  'customData',
  'mfa',
  'passkey',
  'session',
  'trustedDevice',
] as const;
export type AccountField = (typeof fieldNames)[number];

const controlSchema = z.enum(['Off', 'ReadOnly', 'Edit']);
const fieldsSchema = z
  .strictObject(Object.fromEntries(fieldNames.map((name) => [name, controlSchema])) as Fields)
  .partial()
  .describe(
    'What users see (`ReadOnly`) or change (`Edit`) of their account; what is left out is `Off`. What accounts do not have here is taken, as Logto does, and opens nothing.',
  );
type Fields = Record<AccountField, typeof controlSchema>;

/** What users see and change of their own account, by the Account API and at `/account`. */
export const accountCenterSchema = z.object({
  tenantId: z.literal('default'),
  id: z.literal('default'),
  enabled: z.boolean().describe('Whether there is an Account API at all.'),
  fields: fieldsSchema,
  otherRecipients: z
    .int()
    .min(0)
    .max(mostOthers)
    .describe(
      'How many phone numbers, and how many addresses, users may have beside the primary ones. Those that are there sign in, whatever this is.',
    ),
  webauthnRelatedOrigins: z.array(z.never()),
  deleteAccountUrl: z.null(),
  customCss: z.null(),
  profileFields: z.null(),
});
export type AccountCenter = z.infer<typeof accountCenterSchema>;

const notHere = 'There is nothing of this kind here.';

/** A change: what is left out stays as it is; `fields` is replaced as a whole. */
export const accountCenterChangeSchema = z.strictObject({
  id: accountCenterSchema.shape.id.optional().describe('As replies have it.'),
  tenantId: z.literal('default', notHere).optional().describe(notHere),
  enabled: accountCenterSchema.shape.enabled.optional(),
  fields: fieldsSchema.optional(),
  otherRecipients: accountCenterSchema.shape.otherRecipients.optional(),
  webauthnRelatedOrigins: z.array(z.string()).max(0, notHere).optional().describe(notHere),
  deleteAccountUrl: z.literal('', notHere).nullish().describe(notHere),
  customCss: z.literal('', notHere).nullish().describe(notHere),
  profileFields: z.array(z.unknown()).max(0, notHere).nullish().describe(notHere),
});
export type AccountCenterChange = z.infer<typeof accountCenterChangeSchema>;

/** What holds until somebody changes it: users change whatever there is. */
const defaultAccountCenter: AccountCenter = {
  tenantId: 'default',
  id: 'default',
  enabled: true,
  fields: {
    name: 'Edit',
    avatar: 'ReadOnly',
    profile: 'Edit',
    email: 'Edit',
    phone: 'Edit',
    password: 'Edit',
    username: 'Edit',
    social: 'ReadOnly',
    customData: 'Edit',
    mfa: 'Edit',
    trustedDevice: 'Edit',
  },
  otherRecipients: 0,
  webauthnRelatedOrigins: [],
  deleteAccountUrl: null,
  customCss: null,
  profileFields: null,
};

/** Reads and changes the account center. */
export const createAccountCenterStore = (deps: SettingsDeps) =>
  createSettingsDocument<AccountCenter, AccountCenterChange>(deps, 'account-center', {
    defaults: defaultAccountCenter,
    refusalsOf: () => [],
    merge(base, change) {
      const { enabled, fields, otherRecipients } = (change ?? {}) as AccountCenterChange;
      return {
        ...base,
        enabled: enabled ?? base.enabled,
        fields: fields ?? base.fields,
        otherRecipients: otherRecipients ?? base.otherRecipients,
      };
    },
  });
export type AccountCenterStore = ReturnType<typeof createAccountCenterStore>;

/** Whether users see this of their account, or may change it. */
export const controlOf = ({ enabled, fields }: AccountCenter, field: AccountField): z.infer<typeof controlSchema> =>
  (enabled && fields[field]) || 'Off';
