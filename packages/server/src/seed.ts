import type { SeedStep } from './accounts/applications.ts';
import { type PasswordIssue, sayIssues } from './accounts/password-rules/new-password.ts';
import { type Config, ConfigError } from './config.ts';
import { ApiError } from './errors.ts';
import type { Services } from './services.ts';

/**
 * Makes what the settings name and is not there yet, as the audit log then has it.
 * @returns the token of the link that makes the first administrator, where there is none yet
 * @throws ConfigError for a password that the rules refuse
 */
export async function seed(config: Config, services: Services): Promise<string | undefined> {
  const { administrators } = services;
  if (config.managementClient) await seedManagementClient(config.managementClient, services);
  await seedDevelopmentInbox(config, services);
  if (config.administrator) await seedAdministrator(config.administrator, administrators);
  return administrators.createSetupLink();
}

async function seedDevelopmentInbox(
  { isProduction }: Config,
  { connectors, factories, auditLog }: Services,
): Promise<void> {
  const ids = await (isProduction ? connectors.endDevelopmentInbox() : connectors.setUpDevelopmentInbox());
  for (const id of ids) {
    const action = isProduction ? 'connector.delete' : 'connector.set-up';
    const { metadata } = factories.get(id);
    const change = { action, subject: { type: 'connector', id }, details: { name: metadata.name.en } };
    await auditLog.record({ type: 'server', id: 'settings' }, change);
  }
}

async function seedManagementClient(
  client: NonNullable<Config['managementClient']>,
  { applications, auditLog }: Services,
): Promise<void> {
  const name = 'Management API';
  const subject = { type: 'application', id: client.id };
  for (const step of await applications.seed({ ...client, name })) {
    const change = { subject, ...seedChanges[step] };
    await auditLog.record({ type: 'server', id: 'settings' }, { ...change, details: { name, ...change.details } });
  }
}

/** What the audit log says of each step. */
const seedChanges: Record<SeedStep, { action: string; details?: object }> = {
  created: { action: 'application.create' },
  changed: { action: 'application.rotate-secret' },
  admitted: { action: 'application.update', details: { fields: ['isAdmin'], isAdmin: true } },
};

async function seedAdministrator(
  administrator: NonNullable<Config['administrator']>,
  { seedFirst }: Services['administrators'],
): Promise<void> {
  try {
    await seedFirst(administrator);
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'password.rejected')) throw error;
    throw new ConfigError(
      `SESAME_ADMIN_PASSWORD takes another password: ${sayIssues(error.data?.issues as PasswordIssue[])}`,
    );
  }
}
