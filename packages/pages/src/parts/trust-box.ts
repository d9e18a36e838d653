import type { Html } from '../html.ts';
import type { Translate } from '../translations/translate.ts';
import type { PageContext } from '../view-models/page.ts';
import type { TrustChoice } from '../view-models/sign-in-pages.ts';
import { dayIn } from './dates.ts';
import { checkbox } from './fields.ts';

/** The box that has the browser trusted, where there is one. */
export const trustBox = (t: Translate, { language }: PageContext, trust: TrustChoice | undefined): Html | false =>
  trust !== undefined &&
  checkbox('trust', {
    label: t('trust.label', { time: dayIn(language, trust.until) }),
    hint: t('trust.hint'),
    isChecked: trust.isChosen,
  });
