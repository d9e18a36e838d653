import { expect } from 'vitest';
import type { ConnectorContract, ContractCheck } from './connector-contract.ts';
import { type ContractRig, withRig } from './contract-rig.ts';
import { requiredUsageTypes } from './template.ts';

/** What a connector says of itself, and which configurations it refuses before it sends anything. */
export function configChecks(contract: ConnectorContract): ContractCheck[] {
  const check = (name: string, run: (rig: ContractRig) => Promise<unknown>) => ({
    name,
    run: () => withRig(contract, run),
  });
  return [
    check('has an id, a name, a description, a logo and a guide', expectMetadata),
    check('has one labelled form item for each key', (rig) => expectFormItems(rig, contract.requiredKeys)),
    check('marks secrets as confidential', (rig) => expectConfidential(rig, contract.secrets)),
    ...contract.requiredKeys.flatMap((key) => [
      check(`refuses a configuration without ${key}`, (rig) => {
        const { [key]: _, ...others } = rig.config;
        return expectRefused(rig, others, key);
      }),
      check(`refuses a configuration with an empty ${key}`, (rig) =>
        expectRefused(rig, { ...rig.config, [key]: emptied(rig.config[key]) }, key),
      ),
    ]),
    ...[null, 'text', []].map((input) =>
      check(`refuses ${JSON.stringify(input)} as configuration`, (rig) => expectRefused(rig, input)),
    ),
    ...requiredUsageTypes.map((usageType) =>
      check(`refuses templates without one for ${usageType}`, (rig) => {
        const templates = rig.config.templates as { usageType: string }[];
        const rest = templates.filter((template) => template.usageType !== usageType);
        return expectRefused(rig, { ...rig.config, templates: rest }, 'templates', usageType);
      }),
    ),
    ...badEndpoints.map((endpoint) =>
      check(`refuses to send to ${endpoint}`, async (rig) => {
        const key = endpointKeyOf(rig);
        const error = await expectRefused(rig, { ...rig.config, [key]: endpoint }, key);
        expect(JSON.stringify(error)).not.toContain('swordfish');
      }),
    ),
  ];
}

const badEndpoints = [
  'http://provider.example',
  'http://10.0.0.1',
  'http://127.0.0.1.provider.example',
  'https://user:swordfish@provider.example',
  'ftp://127.0.0.1',
  'provider.example',
];

async function expectMetadata(rig: ContractRig): Promise<void> {
  const { metadata, type, configGuard } = await rig.connector();
  expect(type).toBe('Sms');
  expect(metadata.platform).toBeNull();
  expect(metadata.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  for (const text of [metadata.target, metadata.name.en, metadata.description.en, metadata.logo, metadata.readme]) {
    expect(text?.trim()).toBeTruthy();
  }
  expect(configGuard.safeParse(rig.config)).toMatchObject({ success: true });
}

async function expectFormItems(rig: ContractRig, requiredKeys: string[]): Promise<void> {
  const { formItems } = (await rig.connector()).metadata;
  const keys = formItems.map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
  for (const item of formItems) expect(item.label.trim(), item.key).toBeTruthy();
  expect(keys).toEqual(expect.arrayContaining(requiredKeys));
}

async function expectConfidential(rig: ContractRig, secrets: string[]): Promise<void> {
  const { formItems } = (await rig.connector()).metadata;
  for (const secret of secrets) {
    const holders = Object.keys(rig.config).filter((key) => JSON.stringify(rig.config[key])?.includes(secret));
    expect(holders, 'each secret of the contract is in its configuration').not.toEqual([]);
    for (const key of holders) {
      expect(formItems.find((item) => item.key === key)?.isConfidential, key).toBe(true);
    }
  }
}

async function expectRefused(rig: ContractRig, input: unknown, key?: string, word = key ?? '') {
  const error = await rig.refusal({ stored: input });
  expect(error).toMatchObject({ code: 'invalid_config', data: { kind: 'configuration' } });
  if (key) expect(error.data.issues?.map(({ path }) => path.split('.')[0])).toContain(key);
  expect(error.message).toContain(word);
  expect(rig.attempts(), 'nothing is sent').toBe(0);
  return error;
}

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === 'string' ? '' : null;
}

function endpointKeyOf({ config, double }: ContractRig): string {
  const key = Object.keys(config).find((name) => String(config[name]).startsWith(double.url));
  return key ?? expect.fail('The configuration has no endpoint');
}
