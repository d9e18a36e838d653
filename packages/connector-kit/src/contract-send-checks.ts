import { expect } from 'vitest';
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
          expect(providerMessageId, 'the id of the message').toEqual(expect.stringMatching(/\S/));
          expect(double.requests).toHaveLength(1);
          const sent = double.requests.map(({ path, body }) => path + body).join();
          expect(sent, 'the code').toContain(contractCode);
          expect(sent, 'the recipient').toContain(contract.recipient.slice(-8));
        }),
    })),
    {
      name: 'prefers the unsaved configuration to the stored one',
      run: () =>
        withRig(contract, (unsaved) =>
          withRig(contract, async (stored) => {
            await stored.send({ input: unsaved.config });
            expect([unsaved.double.requests.length, stored.double.requests.length]).toEqual([1, 0]);
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
          expect(asked).toEqual([connector.metadata.id]);
        }),
    },
  ];
}
