import type { AnyRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { TextKey } from '../i18n/text-key.ts';
import type { Role } from '../session/session.ts';

/** A section of the Console: what the navigation shows, and the pages behind it. */
export type Section = {
  /** Where its first page is, relative to the base path. */
  path: string;
  /** Key of its name in the catalogues. */
  label: Extract<TextKey, `sections.${string}`>;
  icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  /** The least role that sees it; everybody by default. */
  role?: Role;
  /** Pages within the frame; children of `frameRoute`. */
  pages: readonly AnyRoute[];
  /** Pages that take the whole window; children of `signedInRoute`. */
  screens: readonly AnyRoute[];
};
