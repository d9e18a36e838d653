import { readTexts } from '../lists/list-search.ts';
import { oneOfNamed } from '../shell/address.ts';
import { readLanguage } from './language-tag.ts';
import { type Tab, tabs } from './tabs.ts';

/** What of the sign-in experience is looked at: the tab; of the texts their language, and which of them. */
export type ExperienceSearch = { tab?: Tab; language?: string; find?: string; own?: 'yes' };

/** Reads it from an address; what is none of it is left out. */
export const readExperienceSearch = (search: Record<string, unknown>): ExperienceSearch => ({
  ...oneOfNamed('tab', tabs, search),
  ...readLanguage(search),
  ...readTexts(search, ['find']),
  ...oneOfNamed('own', ['yes'], search),
});
