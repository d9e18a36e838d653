/**
 * Packs the connector kit into a folder, which is made if need be, as others can install it. Works offline.
 * @returns the path of the tarball
 */
export function packKit(folder: string): Promise<string>;

/** Compiles the kit into a folder, by default into the one that an image for production takes it from. */
export function buildKit(folder?: string): Promise<void>;
