import type { ConnectorContract, ContractCheck } from './connector-contract.ts';
import { configChecks } from './contract-config-checks.ts';
import { faultChecks } from './contract-fault-checks.ts';
import { guideChecks } from './contract-guide-checks.ts';
import { mailChecks } from './contract-mail-checks.ts';
import { refusalChecks } from './contract-refusal-checks.ts';
import { sendChecks } from './contract-send-checks.ts';

export type {
  ConnectorContract,
  ContractCheck,
  ContractMail,
  ContractRefusal,
  SentMail,
} from './connector-contract.ts';

/** `test` of node:test, of vitest, or of any other runner where a test is a name and a function. */
export type RegisterTest = (name: string, run: () => Promise<void>) => unknown;

/**
 * Registers a test for each rule that every connector keeps.
 * @example testConnectorContract(test, 'acme-sms', { create, config, startDouble, … })
 */
export function testConnectorContract(test: RegisterTest, name: string, contract: ConnectorContract): void {
  for (const check of contractChecks(contract)) test(`${name}: ${check.name}`, check.run);
}

/** The rules themselves, for running them outside of the suite. */
export function contractChecks(contract: ConnectorContract): ContractCheck[] {
  return [configChecks, guideChecks, sendChecks, mailChecks, refusalChecks, faultChecks].flatMap((checks) =>
    checks(contract),
  );
}
