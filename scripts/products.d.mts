/**
 * Makes what is missing, or was made of something else: the Console, the types of the API that it is checked against,
 * the server in few files. @returns 0, or the exit code of what failed
 */
export function prepareProducts(): Promise<number>;
/** Makes all of them anew. @returns 0, or the exit code of what failed */
export function buildProducts(): Promise<number>;
