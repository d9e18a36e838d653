import type { FastifyRequest } from 'fastify';
import { recipientsOf, type User } from '../accounts/user-record.ts';
import type { ConfiguredConnector } from '../connectors/configured-connector.ts';
import { configWithoutSecrets } from '../connectors/connector-config.ts';
import { keyMeant } from '../messaging/recipient.ts';
import type { Services } from '../services.ts';
import { findSuppression } from '../store/suppressions.ts';
import { readRecipientLock } from '../verification/recipient-lock.ts';
import type { SubjectRecord } from './audit-changes.ts';
import type { Caller } from './caller.ts';

/** What is read of something: its id in the path or the reply, the parameters of the path, and who asks. */
type Asked = { id: string; params: Record<string, string>; madeId?: string | undefined; caller: Caller };

type Read = (asked: Asked) => Promise<SubjectRecord | undefined>;

/**
 * How the audit log reads what is changed, by the kind of thing, or by a part of it (`user/sessions`). What is missing
 * here has no before and after.
 */
export type AuditSubjects = Record<string, Read>;

type Named = Pick<User, 'name' | 'username' | 'primaryPhone' | 'primaryEmail'>;
const nameOf = ({ name, username, primaryPhone, primaryEmail }: Named) =>
  name ?? username ?? primaryPhone ?? primaryEmail;

/**
 * Everything that is named here gets into the audit log, where it outlives what it is about: no secrets, and of what
 * applications keep for themselves, and users of themselves (`customData`, `profile`), only that it changed.
 */
export function createAuditSubjects(services: Services): AuditSubjects {
  const { users, applications, connectors, experience, accountCenter, customPhrases, signingKeys, administrators } =
    services;
  const recipient: Read = async ({ id }) => {
    const { failures, isLocked } = await readRecipientLock(services, id);
    return { fields: { wrongCodes: failures, isLocked } };
  };
  return {
    async user({ id }) {
      const { customData, profile, ...user } = await users.get(id);
      const { username, primaryPhone, primaryEmail, name, avatar, isSuspended, hasPassword } = user;
      return {
        name: nameOf(user),
        fields: { username, primaryPhone, primaryEmail, name, avatar, isSuspended, hasPassword },
        secrets: filled({ customData, profile }),
      };
    },
    'user/sessions': async ({ id }) => ({
      name: nameOf(await users.get(id)),
      fields: { sessions: (await services.userSessions.list(id)).length },
    }),
    'user/devices': async ({ id }) => ({
      name: nameOf(await users.get(id)),
      fields: { devices: (await services.signIns.devices(id)).length },
    }),
    'user/second-factor': async ({ id }) => {
      const { user, skipsSecondFactor: skipMfaOnSignIn } = await users.getWithValidFrom(id);
      return { name: nameOf(user), fields: { skipMfaOnSignIn } };
    },
    'user/trusted-devices': async ({ id }) => ({
      name: nameOf(await users.get(id)),
      fields: { trustedDevices: (await services.trustedDevices.list(id)).length },
    }),
    'user/mfa-verifications': async ({ id }) => ({
      name: nameOf(await users.get(id)),
      fields: {
        authenticator: (await services.authenticators.find(id)) !== undefined,
        backupCodes: await services.backupCodes.left(id),
      },
    }),
    async 'user/locks'({ id }) {
      const user = await users.get(id);
      const codes = await Promise.all(
        recipientsOf(user).map(async (each) => (await readRecipientLock(services, each.toLowerCase())).failures),
      );
      const { wrong: wrongPasswords } = await services.passwordLocks.of(user, []);
      const { wrong: wrongSecond } = await services.secondLocks.of(id, []);
      return { name: nameOf(user), fields: { wrongPasswords, wrongCodes: Math.max(wrongSecond, ...codes) } };
    },
    'user/other-recipients': async ({ id }) => {
      const { otherPhones = [], otherEmails = [], ...user } = await users.get(id);
      const { primaryPhone, primaryEmail } = user;
      return { name: nameOf(user), fields: { primaryPhone, primaryEmail, otherPhones, otherEmails } };
    },
    phone: recipient,
    email: recipient,
    async application({ id }) {
      const { name, description, type, isAdmin, customData, ...application } = await applications.get(id);
      const { oidcClientMetadata, customClientMetadata } = application;
      const managementScopes = isAdmin ? application.managementScopes : undefined;
      return {
        name,
        fields: { name, description, type, oidcClientMetadata, customClientMetadata, isAdmin, managementScopes },
        secrets: filled({ customData }),
      };
    },
    async resource({ id }) {
      const { name, indicator, accessTokenTtl, isDefault } = await services.resources.get(id);
      return { name, fields: { name, indicator, accessTokenTtl, isDefault } };
    },
    async 'resource/scope'({ id, params, madeId }) {
      const { name } = await services.resources.get(id);
      const scope = (await services.scopes.list(id)).find((each) => each.id === (params.scopeId ?? madeId));
      const { description, machinesOnly } = scope ?? {};
      return { name, fields: scope ? { scope: scope.name, description, machinesOnly } : {} };
    },
    async connector({ id }) {
      const all = [...(await connectors.list()), ...(await connectors.previous())];
      const connector = all.find(({ row }) => row.id === id);
      return connector && connectorRecord(connector);
    },
    async administrator({ id, caller }) {
      const own = caller.type === 'administrator' ? caller.administrator.id : undefined;
      const found = (await administrators.colleagues.list()).find((each) => each.id === (id || own));
      return found && { name: found.username, fields: { role: found.role, twoStep: found.twoStepSince !== null } };
    },
    async 'signing-key'() {
      const keys = await signingKeys.list();
      return { fields: Object.fromEntries(keys.map(({ id, status }) => [id, status])) };
    },
    async suppression({ id }) {
      const found = await findSuppression(services.store, keyMeant(id));
      return { fields: { isSuppressed: found !== undefined } };
    },
    async 'captcha-provider'() {
      const { provider } = services.humanCheck;
      const [shown, open] = await Promise.all([provider.shown(), provider.read()]);
      const secret = open && 'secretKey' in open ? { secretKey: open.secretKey } : {};
      return { fields: shown ? { config: shown.config } : {}, secrets: secret };
    },
    async 'test-number'({ id }) {
      const { testNumbers } = services;
      const recipient = keyMeant(id);
      const found = (await testNumbers.list()).find((one) => one.recipient === recipient);
      if (!found) return { fields: {} };
      const { note, expiresAt } = found;
      return { fields: { note, expiresAt }, secrets: { code: await testNumbers.codeOf(recipient) } };
    },
    async hook({ id }) {
      const { name, events, enabled, config, signingKey } = await services.hooks.get(id);
      // What is behind the host may be secret.
      return {
        name,
        fields: { name, events, enabled, host: URL.parse(config.url)?.host },
        secrets: { config, signingKey },
      };
    },
    'development-inbox': async () => ({ fields: { messages: services.inbox.messages().length } }),
    'sign-in-experience': async () => ({
      fields: { ...(await experience.readStored()), customPhrases: await customPhrases.readStored() },
    }),
    'fraud-policy': async () => ({ fields: { ...(await experience.readStored()).fraudPolicy } }),
    prices: async () => ({ fields: { ...(await services.prices.readStored()) } }),
    'account-center': async () => ({ fields: await accountCenter.readStored() }),
    'custom-phrases': async ({ id }) => ({ name: id, fields: (await customPhrases.readStored())[id] ?? {} }),
    async 'email-template'({ id }) {
      const { languageTag, templateType, details } = await services.emailTemplates.get(id);
      return { name: `${templateType} (${languageTag})`, fields: { ...details } };
    },
  };
}

/** Without what is empty, which nobody put there. */
const filled = (objects: Record<string, object>): Record<string, object> =>
  Object.fromEntries(Object.entries(objects).filter(([, object]) => Object.keys(object).length > 0));

function connectorRecord({ row, state, factory, config }: ConfiguredConnector): SubjectRecord {
  const { open, secrets } = factory ? configWithoutSecrets(factory, config) : { open: {}, secrets: {} };
  return { name: factory?.metadata.name.en ?? row.factory_id, fields: { state, config: open }, secrets };
}

/** The id in the path of an operation, or the number or address that it is about, and whatever else is in the path. */
export function subjectIn({ params, body }: FastifyRequest): {
  id: string | undefined;
  params: Record<string, string>;
} {
  const named = (params ?? {}) as Record<string, string>;
  const { phone, email } = (body ?? {}) as { phone?: { e164?: string }; email?: { key?: string } };
  return { id: Object.values(named)[0] ?? phone?.e164 ?? email?.key, params: named };
}
