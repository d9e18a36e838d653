/**
 * Makes the Console and the types of the API that it is checked against, each when it is missing or was made of
 * something else. @returns 0, or the exit code of what failed
 */
export function prepareConsole(): Promise<number>;
/** Makes both anew. @returns 0, or the exit code of what failed */
export function buildConsole(): Promise<number>;
