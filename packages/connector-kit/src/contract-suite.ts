import { describe, test } from 'vitest';
import type { ConnectorContract, ContractCheck } from './connector-contract.ts';
import { configChecks } from './contract-config-checks.ts';
import { faultChecks } from './contract-fault-checks.ts';
import { refusalChecks } from './contract-refusal-checks.ts';
import { sendChecks } from './contract-send-checks.ts';

export type { ConnectorContract, ContractCheck, ContractRefusal } from './connector-contract.ts';

/**
 * Registers a vitest test for each rule that every connector keeps.
 * @example testConnectorContract('acme-sms', { create, config, startDouble, … })
 */
export function testConnectorContract(name: string, contract: ConnectorContract): void {
  describe(`${name} keeps the connector contract`, () => {
    for (const check of contractChecks(contract)) test(check.name, check.run);
  });
}

/** The rules themselves, for running them outside of the suite. */
export function contractChecks(contract: ConnectorContract): ContractCheck[] {
  return [configChecks, sendChecks, refusalChecks, faultChecks].flatMap((checks) => checks(contract));
}
