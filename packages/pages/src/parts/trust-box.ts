import type { Html } from '../html.ts';
import type { Translate } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { TrustChoice } from '../view-models/sign-in-pages.ts';
import { checkbox } from './fields.ts';

/** The day on which trust ends, as people read it. */
export const trustEnd = ({ language }: PageContext, until: number): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(until);

/** The box that has the browser trusted, where there is one. */
export const trustBox = (t: Translate, context: PageContext, trust: TrustChoice | undefined): Html | false =>
  trust !== undefined &&
  checkbox('trust', {
    label: t('trust.label', { time: trustEnd(context, trust.until) }),
    hint: t('trust.hint'),
    isChecked: trust.isChosen,
  });
