import { type Html, html } from '../html.ts';
import type { TextKey } from '../translations/texts.ts';
import type { Translate } from '../translations/translate.ts';
import type { Legal } from '../view-models/page.ts';
import { notes } from './fields.ts';
import { outside } from './page-head.ts';
import type { PlacedProblem } from './problems.ts';

/** Whether the page has a box to tick. */
export const hasAgreementBox = (legal: Legal | undefined): boolean =>
  legal?.agreement === 'box' && (legal.termsOfUseUrl !== null || legal.privacyPolicyUrl !== null);

/** The box that says that one agrees; it stands above the button. Not ticked, it says so to the server too. */
export function agreementBox(t: Translate, legal: Legal | undefined, { at }: PlacedProblem): Html | undefined {
  if (!legal || !hasAgreementBox(legal)) return undefined;
  const problem = at('agree');
  return html`<div class="agreement">
          <input type="hidden" name="agree" value="no">
          <div class="choice">
            <input class="tick" type="checkbox" id="agree" name="agree" value="yes" required${legal.isAgreed && html` checked`}${problem !== undefined && html` aria-describedby="agree-problem" aria-invalid="true" autofocus`}>
            <label for="agree">${sentence(t, legal, boxSentences)}</label>
          </div>
        ${notes({ name: 'agree', problem })}
        </div>`;
}

/** What one agrees to by going on, or only where it can be read; it stands below the button. */
export function legalNote(t: Translate, legal: Legal | undefined): Html | undefined {
  if (!legal || legal.agreement === 'box') return undefined;
  const text = sentence(t, legal, legal.agreement === 'going-on' ? noteSentences : readSentences);
  return text && html`<p class="legal">${text}</p>`;
}

type Sentences = { both: TextKey; terms: TextKey; privacy: TextKey };

const boxSentences: Sentences = { both: 'legal.agree', terms: 'legal.agreeTerms', privacy: 'legal.agreePrivacy' };
const noteSentences: Sentences = {
  both: 'register.legal',
  terms: 'register.legalTerms',
  privacy: 'register.legalPrivacy',
};
const readSentences: Sentences = { ...noteSentences, both: 'legal.read', terms: 'legal.readTerms' };

function sentence(t: Translate, { termsOfUseUrl, privacyPolicyUrl }: Legal, keys: Sentences): Html | undefined {
  const terms = termsOfUseUrl === null ? undefined : outside(termsOfUseUrl, t('register.terms'));
  const privacy = privacyPolicyUrl === null ? undefined : outside(privacyPolicyUrl, t('register.privacy'));
  if (terms && privacy) return t.rich(keys.both, { terms, privacy });
  if (terms) return t.rich(keys.terms, { terms });
  return privacy && t.rich(keys.privacy, { privacy });
}
