/**
 * Tells whether something is there and was made of what is there now. Paths are relative to the repository; the stamp
 * is the file that holds the digest of the inputs.
 */
export function isMade(product: { file: string; stamp: string; inputs: readonly string[] }): boolean;
