import type { FastifyRequest } from 'fastify';
import type { ConfiguredConnector } from '../connectors/configured-connector.ts';
import { configWithoutSecrets } from '../connectors/connector-config.ts';
import type { Services } from '../services.ts';
import type { SubjectRecord } from './audit-changes.ts';

type Read = (id: string, params: Record<string, string>) => Promise<SubjectRecord | undefined>;

/** How the audit log reads what is changed, by the kind of thing; a kind that is missing has no before and after. */
export type AuditSubjects = Record<string, Read>;

/**
 * Everything that is named here gets into the audit log, where it outlives what it is about: no secrets, and no data that
 * applications keep for themselves, nor users of themselves (`customData`, `profile`).
 */
export function createAuditSubjects(services: Services): AuditSubjects {
  const { users, applications, resources, scopes, connectors, experience, accountCenter } = services;
  const { customPhrases, emailTemplates } = services;
  return {
    async user(id) {
      const { username, primaryPhone, primaryEmail, name, isSuspended } = await users.get(id);
      const fields = { username, primaryPhone, primaryEmail, name, isSuspended };
      return { name: name ?? username ?? primaryPhone ?? primaryEmail, fields };
    },
    async application(id) {
      const { name, description, type, oidcClientMetadata, customClientMetadata, isAdmin } = await applications.get(id);
      return { name, fields: { name, description, type, oidcClientMetadata, customClientMetadata, isAdmin } };
    },
    async resource(id, { scopeId }) {
      const { name, indicator, accessTokenTtl } = await resources.get(id);
      const scope = (await scopes.list(id)).find((each) => each.id === scopeId);
      if (!scope) return { name, fields: { name, indicator, accessTokenTtl } };
      return { name, fields: { scope: scope.name, description: scope.description, machinesOnly: scope.machinesOnly } };
    },
    async connector(id) {
      const all = [...(await connectors.list()), ...(await connectors.previous())];
      const connector = all.find(({ row }) => row.id === id);
      return connector && connectorRecord(connector);
    },
    async administrator(id) {
      const found = (await services.administrators.colleagues.list()).find((each) => each.id === id);
      return found && { name: found.username, fields: { role: found.role } };
    },
    async 'email-template'(id) {
      const { languageTag, templateType, details } = await emailTemplates.get(id);
      return { name: `${templateType} (${languageTag})`, fields: { ...details } };
    },
    'sign-in-experience': async () => ({ name: null, fields: await experience.readStored() }),
    'account-center': async () => ({ name: null, fields: await accountCenter.readStored() }),
    'custom-phrases': async (tag) => ({ name: tag, fields: (await customPhrases.readStored())[tag] ?? {} }),
  };
}

function connectorRecord({ row, state, factory, config }: ConfiguredConnector): SubjectRecord {
  const { open, secrets } = factory ? configWithoutSecrets(factory, config) : { open: {}, secrets: {} };
  return { name: factory?.metadata.name.en ?? row.factory_id, fields: { state, config: open }, secrets };
}

/** The id in the path of an operation, and whatever else is there. */
export const subjectIn = ({ params }: FastifyRequest): { id: string | undefined; params: Record<string, string> } => {
  const named = (params ?? {}) as Record<string, string>;
  return { id: Object.values(named)[0], params: named };
};
