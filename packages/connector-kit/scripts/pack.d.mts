/**
 * Packs the connector kit into a folder, which is made if need be, as others can install it. Works offline.
 * @returns the path of the tarball
 */
export function packKit(folder: string): Promise<string>;
