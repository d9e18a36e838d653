import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Connector, SendMessageData, SendResult } from './connector.ts';
import type { ConnectorContract } from './connector-contract.ts';
import { ConnectorError } from './connector-error.ts';
import type { ProviderDouble } from './provider-double.ts';

/** The code that the suite sends. */
export const contractCode = '730518';

/** What one send of the suite may change. */
export type SendOptions = {
  to?: string;
  usageType?: string;
  /** Beside the code. */
  variables?: SendMessageData['payload'];
  stored?: unknown;
  input?: unknown;
  timeoutMs?: number;
};

/** A connector set up against a fresh double. */
export type ContractRig = {
  double: ProviderDouble;
  config: Record<string, unknown>;
  /** Calls of the injected fetch. */
  attempts: () => number;
  /** Waits between attempts, in milliseconds; nothing really waits. */
  sleeps: number[];
  connector: (options?: SendOptions) => Promise<Connector>;
  /** Sends one code, and sees to it that the result tells no secret. */
  send: (options?: SendOptions) => Promise<SendResult>;
  /** Sends one code that has to be refused, and sees to it that the error tells no secret. */
  refusal: (options?: SendOptions) => Promise<ConnectorError>;
};

/** Starts a double, runs one check against it and closes it again. */
export async function withRig(
  contract: ConnectorContract,
  check: (rig: ContractRig) => Promise<unknown>,
): Promise<void> {
  const double = await contract.startDouble();
  try {
    await check(createRig(contract, double));
  } finally {
    await double.close();
  }
}

function createRig(contract: ConnectorContract, double: ProviderDouble): ContractRig {
  const config = contract.config(double.url);
  const sleeps: number[] = [];
  let attempts = 0;
  const countingFetch: typeof fetch = (...request) => {
    attempts += 1;
    return fetch(...request);
  };
  const connector = ({ stored = config, timeoutMs = 5000 }: SendOptions = {}) =>
    contract.create({
      getConfig: async () => stored,
      fetch: countingFetch,
      timeoutMs,
      sleep: async (milliseconds) => void sleeps.push(milliseconds),
    });
  const attempt = async (options: SendOptions = {}) =>
    (await connector(options)).sendMessage(
      {
        to: options.to ?? contract.recipient,
        type: options.usageType ?? 'SignIn',
        payload: { code: contractCode, locale: 'en', ...options.variables },
        messageId: 'contract-message',
        lifetimeSeconds: 600,
      },
      options.input,
    );
  const hidden = () => [...contract.secrets, ...double.requests.flatMap(({ headers }) => headers.authorization ?? [])];
  return {
    double,
    config,
    attempts: () => attempts,
    sleeps,
    connector,
    async send(options) {
      const result = await attempt(options);
      // The text as sent holds the code by design, and so does the subject of a mail.
      const { text, headers, ...others } = result;
      expectNoLeak({ text, headers }, hidden());
      expectNoLeak(others, [...hidden(), contractCode]);
      return result;
    },
    async refusal(options) {
      const error = await attempt(options).then(
        () => assert.fail('The connector reported success'),
        (reason: unknown) => reason,
      );
      expectNoLeak(error, [...hidden(), contractCode]);
      assert(error instanceof ConnectorError, `The connector threw ${inspect(error)}`);
      return error;
    },
  };
}

/** Fails when anything left the connector. */
export function expectNothingSent({ attempts, double }: ContractRig): void {
  assert.deepEqual([attempts(), double.requests.length], [0, 0], 'something was sent');
}

/** Fails when a hidden value shows in any printed form of `value`, as it is or encoded. */
export function expectNoLeak(value: unknown, hidden: string[]): void {
  const everything = { depth: null, maxArrayLength: null, maxStringLength: null } as const;
  const printed = [
    inspect(value, { ...everything, showHidden: true }),
    JSON.stringify(value) ?? '',
    String(value),
    value instanceof Error ? `${value.stack} ${JSON.stringify(value.cause)} ${value.cause}` : '',
  ].join('\n');
  for (const secret of hidden) {
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
    const shown = forms.some((form) => printed.includes(form));
    assert(!shown, `${JSON.stringify(secret)} shows in ${printed}`);
  }
}
