import { connectors } from './connectors/section.ts';

/** The sections in the order of the navigation. A new one is a folder with a `section.ts`, and a line here. */
export const sections = [connectors] as const;
