import assert from 'node:assert/strict';
import type { ConnectorContract, ContractCheck } from './connector-contract.ts';
import { contractCode, withRig } from './contract-rig.ts';
import { requiredUsageTypes } from './template.ts';

/** What a connector does when all is well. */
export function sendChecks(contract: ConnectorContract): ContractCheck[] {
  return [
    ...[...requiredUsageTypes, 'AnotherUsageType'].map((usageType) => ({
      name: `sends a code for ${usageType}`,
      run: () =>
        withRig(contract, async ({ double, send }) => {
          const { providerMessageId } = await send({ usageType });
          assert(providerMessageId?.trim(), 'the result has no id of the message');
          assert.equal(double.requests.length, 1);
          const sent = double.requests.map(({ path, body }) => path + body).join();
          assert(sent.includes(contractCode), 'the code was not sent');
          assert(sent.includes(contract.recipient.slice(-8)), 'the recipient was not sent');
        }),
    })),
    {
      name: 'prefers the unsaved configuration to the stored one',
      run: () =>
        withRig(contract, (unsaved) =>
          withRig(contract, async (stored) => {
            await stored.send({ input: unsaved.config });
            assert.deepEqual([unsaved.double.requests.length, stored.double.requests.length], [1, 0]);
          }),
        ),
    },
    {
      name: 'reads the configuration that is stored under its id',
      run: () =>
        withRig(contract, async ({ config }) => {
          const asked: string[] = [];
          const connector = await contract.create({
            async getConfig(id) {
              asked.push(id);
              return config;
            },
          });
          await connector.sendMessage({ to: contract.recipient, type: 'SignIn', payload: { code: contractCode } });
          assert.deepEqual(asked, [connector.metadata.id]);
        }),
    },
  ];
}
