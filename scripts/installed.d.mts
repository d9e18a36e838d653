/** Tells whether node_modules holds what the lockfile names, and the lockfile what every package.json asks for. */
export function isInstalled(root: string, wanted: { development: boolean }): boolean;
/** Tells whether node_modules holds what only development needs, or some of it. */
export function hasDevelopmentPackages(root: string): boolean;
