import { type Html, html } from '../html.ts';
import { htmlDocument } from '../parts/document.ts';
import { form, skipButton, submit } from '../parts/fields.ts';
import { identifierField, nameOf } from '../parts/identifier-field.ts';
import { agreementBox, hasAgreementBox, legalNote } from '../parts/legal.ts';
import { footLinks, link, pageHead, toContinue, way } from '../parts/page-head.ts';
import { placeProblem } from '../parts/problems.ts';
import { sendInstead } from '../parts/send-instead.ts';
import type { TextKey } from '../translations/texts.ts';
import { type Translate, translator } from '../translations/translate.ts';
import type { IdentifierField } from '../view-models/fields.ts';
import type { PageContext } from '../view-models/page.ts';
import type { RecipientPage } from '../view-models/sign-in-pages.ts';

/** What codes of a page go to. */
type Kind = 'phone' | 'email' | 'either';

const kindOf = ({ takes }: IdentifierField): Kind => {
  if (!takes.includes('email')) return 'phone';
  return takes.includes('phone') ? 'either' : 'email';
};

const titles: Record<RecipientPage['purpose'], (kind: Kind) => TextKey> = {
  'sign-in': () => 'signIn.title',
  register: () => 'register.title',
  'forgot-password': () => 'forgot.title',
  link: (kind) => (kind === 'email' ? 'email.linkTitle' : 'phone.linkTitle'),
  'second-factor': (kind) =>
    (({ phone: 'account.addPhone', email: 'account.addEmail', either: 'account.secondStep' }) as const)[kind],
};

const byCode = { email: 'hint.byEmail', either: 'hint.either' } as const;
const hints: Record<RecipientPage['purpose'], Record<Kind, TextKey>> = {
  'sign-in': { phone: 'signIn.hint', ...byCode },
  register: { phone: 'register.hint', ...byCode },
  'forgot-password': { phone: 'forgot.hint', email: 'forgot.hintByEmail', either: 'forgot.hintEither' },
  link: { phone: 'phone.linkHint', ...byCode },
  'second-factor': { phone: 'second.link', email: 'second.link', either: 'second.link' },
};

/** Asks for the number or the address that a code goes to. */
export function recipientPage(context: PageContext, page: RecipientPage): string {
  const t = translator(context);
  const { identifier, purpose } = page;
  const problem = placeProblem(t, page.problem, [
    nameOf(identifier),
    ...(hasAgreementBox(page.legal) ? (['agree'] as const) : []),
  ]);
  const kind = kindOf(identifier);
  const title = t(titles[purpose](kind));
  const { language } = context;
  const hasFocus = problem.at('agree') === undefined;
  return htmlDocument(context, {
    title,
    hasProblem: page.problem !== undefined,
    content: html`${pageHead(title, toContinue(t, page.application), t(hints[purpose][kind]))}
      ${problem.alert}
      ${sendInstead(t, page.instead)}
      ${form(
        page.form,
        html`${identifierField(t, { language, identifier, problem, hasFocus })}
        ${agreementBox(t, page.legal, problem)}
        ${submit(t('continue'))}
        ${legalNote(t, page.legal)}
        ${footLinks(...links(t, page))}`,
      )}
      ${page.skip && form(page.skip, skipButton(t))}`,
  });
}

function links(
  t: Translate,
  { purpose, links: { password, signIn, register, authenticator, back } }: RecipientPage,
): (Html | undefined)[] {
  const toSignIn = purpose === 'forgot-password' ? t('forgot.back') : t('register.signIn');
  return [
    way(password, t('signIn.withPassword')),
    register === undefined ? undefined : html`${t('signIn.new')} ${way(register, t('signIn.register'))}`,
    signIn === undefined ? undefined : html`${purpose === 'register' && t('register.known')} ${way(signIn, toSignIn)}`,
    link(authenticator, t('account.addAuthenticator')),
    link(back, t(purpose === 'second-factor' ? 'forgot.back' : 'account.back')),
  ];
}
