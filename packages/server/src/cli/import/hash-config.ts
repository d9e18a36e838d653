import { readFile } from 'node:fs/promises';
import { CommandError } from '../command-error.ts';

/** The password hash parameters of a Firebase project; texts are base64. */
export type HashConfig = { signerKey: string; saltSeparator: string; rounds: string; memCost: string };

const names = {
  signerKey: 'base64_signer_key',
  saltSeparator: 'base64_salt_separator',
  rounds: 'rounds',
  memCost: 'mem_cost',
} as const;

/** Reads the parameters as the console of Firebase shows them, or the same as JSON. @throws CommandError */
export async function readHashConfig(file: string): Promise<HashConfig> {
  const text = await readFile(file, 'utf8');
  const values = new Map(
    [...text.matchAll(/"?(\w+)"?\s*:\s*"?([\w+/=-]*)"?/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const algorithm = values.get('algorithm') ?? 'SCRYPT';
  if (algorithm !== 'SCRYPT') throw new CommandError(`${file} is about ${algorithm}; Firebase exports SCRYPT alone.`);
  const read = (field: keyof HashConfig) => {
    const value = values.get(names[field]);
    if (value) return value;
    throw new CommandError(
      `${file} has no ${names[field]}. Copy the password hash parameters from the console of Firebase, under Authentication, Users.`,
    );
  };
  return {
    signerKey: read('signerKey'),
    saltSeparator: read('saltSeparator'),
    rounds: read('rounds'),
    memCost: read('memCost'),
  };
}
