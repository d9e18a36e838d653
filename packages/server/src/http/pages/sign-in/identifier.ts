import { parsePhone } from '@sesame/connector-kit';
import { type Identifier, type IdentifierField, toPhoneField } from '@sesame/pages';
import { askedOf, servesFor, takesCodes } from '../../../experience/methods.ts';
import { codeIdentifiersFor, type SignInExperience } from '../../../experience/sign-in-experience.ts';
import { isAddress, type Recipient, readRecipient, recipientOfPhone } from '../../../messaging/recipient.ts';
import type { SignInRequest } from '../../../oidc/sign-in-request.ts';
import type { Flow } from '../../../sign-in/sign-in-flows.ts';
import { typeOf } from '../../../sign-in/user-recipients.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import { addressProblem, FormProblem } from '../parts/problems.ts';
import type { FlowVisit } from './flow-visit.ts';
import { passwordIdentifiers, wished, wishesFor } from './pages-of-events.ts';
import type { Typed } from './typed-values.ts';

/** What the first page of an event asks for. */
export function identifiersFor(event: FlowEvent, visit: Asking): Identifier[] {
  return wished(takenBy(event, visit), wishesFor(event, visit));
}

type Asking = {
  policy: SignInExperience;
  flow: Pick<Flow, 'recipients'>;
  signIn: Pick<SignInRequest, 'first'>;
};

function takenBy(event: FlowEvent, { policy, flow }: Omit<Asking, 'signIn'>): Identifier[] {
  const codes = codeIdentifiersFor(policy, event);
  if (event === 'Register') {
    const asked = askedOf(policy.signUp).filter((one) => servesFor(one).some(takesCodes));
    const has = flow.recipients.map(typeOf);
    const next = asked.find((one) => !servesFor(one).some((type) => has.some((known) => known === type)));
    const wanted = next ?? asked[0];
    return wanted === undefined ? [] : codes.filter((type) => servesFor(wanted).includes(type));
  }
  // A field that takes words takes usernames as well, which go on with their password.
  const takesUsernames = event === 'SignIn' && codes.includes('email');
  return takesUsernames && passwordIdentifiers(policy).includes('username') ? [...codes, 'username'] : codes;
}

/** The field with what was typed before in this flow, or with what the application takes it to be. */
export function identifierField(takes: readonly Identifier[], visit: FlowVisit, typed: Typed): IdentifierField {
  const { country, signIn } = visit;
  const likely = likelyRecipient(takes, visit)?.address;
  const texts = [typed.identifier, typed.email, typed.username, likely, signIn.loginHint];
  const value = texts.find((text) => text && takes.includes(kindOf(text))) ?? '';
  // Where several are taken, the hint names the country that numbers without a plus are of.
  if (takes.length > 1) return { takes, value, phone: { country, number: '' } };
  const phone =
    typed.phone === undefined
      ? toPhoneField(likely, country)
      : { country: typed.country ?? country, number: typed.phone };
  return { takes, value, phone };
}

/** Where a code went before in this flow, or the number or the address that the application takes it to be. */
function likelyRecipient(takes: readonly Identifier[], visit: FlowVisit) {
  const sent = visit.flow.verifications.flatMap((one) => (one.type === 'code' ? [one] : []));
  const shown = sent.filter(
    (code) => takes.includes(typeOf(code.recipient)) && (!code.isUntyped || code.verifiedAt !== undefined),
  );
  const hinted = readRecipient(visit.signIn.loginHint ?? '');
  return shown[0]?.recipient ?? (hinted && takes.includes(typeOf(hinted)) ? hinted : undefined);
}

/** Usernames begin with a letter or an underscore, numbers with neither. */
export const isUsername = (text: string): boolean => !isAddress(text) && /^\s*[\p{L}_]/u.test(text);

const kindOf = (text: string): Identifier => {
  if (isAddress(text)) return 'email';
  return isUsername(text) ? 'username' : 'phone';
};

/**
 * Who somebody says to be: a number or an address where it can be one, else a username.
 * @throws FormProblem for what the field does not take
 */
export function readIdentifier(
  takes: readonly Identifier[],
  { text, country }: Pick<FlowVisit, 'text' | 'country'>,
): Recipient | { username: string } {
  const [typed, number] = [text('identifier').trim(), text('phone')];
  if (takes.includes('phone') && (typed === '' || takes.length === 1)) {
    const phone = parsePhone(number, text('country'));
    if (phone) return recipientOfPhone(phone);
    throw new FormProblem(takes.length === 1 || number !== '' ? 'phone-invalid' : 'identifier-missing');
  }
  if (typed === '') throw new FormProblem('identifier-missing');
  const recipient = readRecipient(typed, country);
  if (recipient && takes.includes(typeOf(recipient))) return recipient;
  if (takes.includes('username') && (isUsername(typed) || !takes.includes('email'))) return { username: typed };
  const isOfEither = takes.includes('phone') && !isAddress(typed);
  throw isOfEither ? new FormProblem('identifier-invalid') : addressProblem(typed);
}
