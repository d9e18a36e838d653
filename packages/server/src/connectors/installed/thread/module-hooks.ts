import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The kit and what it is used with; a connector that brings no zod of its own gets the kit's. */
const ours = /^(@sesame\/connector-kit|zod)(\/|$)/;

/**
 * Lets connectors find the kit of this server wherever they are, and lets them be written in TypeScript: Node strips
 * types too, but not below node_modules.
 */
export function registerConnectorHooks(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (!ours.test(specifier)) return next(specifier, context);
      const fromHere = () => next(specifier, { ...context, parentURL: import.meta.url });
      if (specifier.startsWith('@sesame/')) return fromHere();
      try {
        return next(specifier, context);
      } catch {
        return fromHere();
      }
    },
    load(url, context, next) {
      if (!/^file:.*\/node_modules\/.*\.m?ts$/.test(url)) return next(url, context);
      const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
      return { format: 'module', source, shortCircuit: true };
    },
  });
}
