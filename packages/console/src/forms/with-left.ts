import type { TFunction } from 'i18next';

/** What a button says that saves, with how many fields are still to be filled in or put right. */
export const withLeft = (t: TFunction, submit: string, count: number): string =>
  count === 0 ? submit : t('forms.withLeft', { submit, count });
