import assert from 'node:assert/strict';
import type { ConnectorContract, ContractCheck } from './connector-contract.ts';
import { type ContractRig, contractCode, expectNothingSent, withRig } from './contract-rig.ts';
import { codeUsageTypes } from './template.ts';

/** What a connector does when all is well. */
export function sendChecks(contract: ConnectorContract): ContractCheck[] {
  return [
    ...[...codeUsageTypes, 'AnotherUsageType'].map((usageType) => ({
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
    ...(contract.texts?.taken ?? []).map((text) => ({
      name: `sends the text ${abridged(text)}`,
      run: () => expectTaken(contract, text),
    })),
    ...(contract.texts?.refused ?? []).map((text) => ({
      name: `does not send the text ${abridged(text)}`,
      run: () => expectTextRefused(contract, text),
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

const abridged = (text: string) => `"${text.slice(0, 8)}…" of ${text.length} characters`;

const storedWith = (text: string, { config }: ContractRig) => {
  const templates = config.templates as { usageType: string }[];
  const others = templates.filter(({ usageType }) => usageType !== 'SignIn');
  return { stored: { ...config, templates: [...others, { usageType: 'SignIn', content: text }] } };
};

const expectTaken = (contract: ConnectorContract, text: string) =>
  withRig(contract, async (rig) => {
    assert.equal((await rig.send(storedWith(text, rig))).text, text);
    const sent = rig.double.requests.map(({ path, body }) => path + body).join();
    assert(
      [text, encodeURIComponent(text)].some((form) => sent.includes(form)),
      'the text was not sent as it is',
    );
  });

const expectTextRefused = (contract: ConnectorContract, text: string) =>
  withRig(contract, async (rig) => {
    const { code, data } = await rig.refusal(storedWith(text, rig));
    assert.equal(code, 'invalid_config');
    assert.deepEqual(
      data.issues?.map(({ path }) => path),
      ['templates'],
    );
    expectNothingSent(rig);
  });
