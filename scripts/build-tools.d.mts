/** What the Console is made of, relative to the repository. */
export const consoleInputs: readonly string[];
