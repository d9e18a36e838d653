import assert from 'node:assert/strict';
import type { ConnectorType } from './connector.ts';
import type { ConnectorContract, ContractCheck } from './connector-contract.ts';
import { type ContractRig, expectNothingSent, withRig } from './contract-rig.ts';
import { requiredUsageTypes } from './template.ts';

/** What a connector says of itself, and which configurations it refuses before it sends anything. */
export function configChecks(contract: ConnectorContract): ContractCheck[] {
  const check = (name: string, run: (rig: ContractRig) => Promise<unknown>) => ({
    name,
    run: () => withRig(contract, run),
  });
  const { templates } = contract.config('http://127.0.0.1:1');
  return [
    check('has an id, a name, a description, a logo and a guide', (rig) => expectMetadata(rig, contract.type)),
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
    ...(Array.isArray(templates) ? requiredUsageTypes : []).map((usageType) =>
      check(`refuses templates without one for ${usageType}`, (rig) => {
        const templates = rig.config.templates as { usageType: string }[];
        const rest = templates.filter((template) => template.usageType !== usageType);
        return expectRefused(rig, { ...rig.config, templates: rest }, 'templates', usageType);
      }),
    ),
    ...(contract.speaks === 'SMTP' ? [] : badEndpoints).map((endpoint) =>
      check(`refuses to send to ${endpoint}`, async (rig) => {
        const key = endpointKeyOf(rig);
        const error = await expectRefused(rig, { ...rig.config, [key]: endpoint }, key);
        assert(!JSON.stringify(error).includes('swordfish'), 'the error holds the password of the endpoint');
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

async function expectMetadata(rig: ContractRig, expectedType: ConnectorType = 'Sms'): Promise<void> {
  const { metadata, type, configGuard } = await rig.connector();
  assert.equal(type, expectedType);
  assert.equal(metadata.platform, null);
  assert.match(metadata.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  const { target, name, description, logo, readme } = metadata;
  for (const [key, text] of Object.entries({ target, name: name.en, description: description.en, logo, readme })) {
    assert(text?.trim(), `the metadata has no ${key}`);
  }
  assert(configGuard.safeParse(rig.config).success, 'the guard refuses the configuration of the contract');
}

async function expectFormItems(rig: ContractRig, requiredKeys: string[]): Promise<void> {
  const { configGuard, metadata } = await rig.connector();
  const { formItems } = metadata;
  const keys = formItems.map(({ key }) => key);
  assert.deepEqual(keys, [...new Set(keys)], 'two form items have the same key');
  for (const { key, label } of formItems) assert(label.trim(), `the form item ${key} has no label`);
  for (const key of [...requiredKeys, ...Object.keys(shapeOf(configGuard))]) {
    assert(keys.includes(key), `${key} has no form item`);
  }
}

/** The keys that a schema of zod knows; nothing of another check. */
const shapeOf = (configGuard: object): object => ('shape' in configGuard && (configGuard.shape as object)) || {};

async function expectConfidential(rig: ContractRig, secrets: string[]): Promise<void> {
  const { formItems } = (await rig.connector()).metadata;
  for (const secret of secrets) {
    const holders = Object.keys(rig.config).filter((key) => JSON.stringify(rig.config[key])?.includes(secret));
    assert(holders.length > 0, 'a secret of the contract is not in its configuration');
    for (const key of holders) {
      const isConfidential = formItems.find((item) => item.key === key)?.isConfidential;
      assert(isConfidential, `the form item ${key} is not confidential`);
    }
  }
}

async function expectRefused(rig: ContractRig, input: unknown, key?: string, word = key ?? '') {
  const error = await rig.refusal({ stored: input });
  assert.deepEqual([error.code, error.data.kind], ['invalid_config', 'configuration']);
  const keys = error.data.issues?.map(({ path }) => path.split('.')[0]);
  if (key) assert(keys?.includes(key), `the issues do not name ${key}`);
  assert(error.message.includes(word), `the message does not name ${word}`);
  expectNothingSent(rig);
  return error;
}

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === 'string' ? '' : null;
}

function endpointKeyOf({ config, double }: ContractRig): string {
  const key = Object.keys(config).find((name) => String(config[name]).startsWith(double.url));
  return key ?? assert.fail('The configuration has no endpoint');
}
