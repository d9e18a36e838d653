/** Builds the Console when it is missing or was made of something else. @returns the exit code of the build */
export function prepareConsole(): Promise<number>;
/** Builds the Console. @returns the exit code of the build */
export function buildConsole(): Promise<number>;
