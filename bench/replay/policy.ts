import { fraudPolicySchema } from '../../packages/server/src/experience/fraud-policy.ts';
import { type Budgets, defaultBudgets } from '../../packages/server/src/protection/budgets.ts';
import type { GuardPolicy } from '../../packages/server/src/protection/guard.ts';

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What holds where a replay is told no policy: every country is open. */
export const openPolicy: GuardPolicy = {
  countries: { mode: 'deny', list: [] },
  budgets: defaultBudgets as Budgets,
  always: { prefixes: [], networks: [] },
  never: { prefixes: [], networks: [] },
};

/** A replay decides by budgets, and enforces them: caps need the messages themselves. */
const notPlayed = new Set(['mode', ...Object.keys(fraudPolicySchema.shape).filter((name) => !(name in openPolicy))]);

/** Puts a policy, as in the sign-in experience, on top of the open one. @throws an error that names what it does not have */
export const policyFrom = (given: unknown): GuardPolicy =>
  laidOver(openPolicy as unknown as Fields, given, '') as never;

function laidOver(base: Fields, given: unknown, path: string): Fields {
  if (!isFields(given)) throw new Error(`The policy${path && ` at ${path}`} is an object.`);
  const names = Object.keys(given).filter((name) => path !== '' || !notPlayed.has(name));
  const unknown = names.find((name) => !Object.hasOwn(base, name));
  if (unknown) throw new Error(`A policy has no \`${path}${unknown}\`; it has ${Object.keys(base).join(', ')}.`);
  const laid = names.map((name): [string, unknown] => {
    const [below, over] = [base[name], given[name]];
    if (isFields(below)) return [name, laidOver(below, over, `${path}${name}.`)];
    if (typeof over !== typeof below || Array.isArray(over) !== Array.isArray(below)) {
      throw new Error(`The policy’s ${path}${name} is like ${JSON.stringify(below)}.`);
    }
    return [name, over];
  });
  return { ...base, ...Object.fromEntries(laid) };
}
