import { countryName } from '../countries.ts';
import type { Html } from '../html.ts';
import type { TextKey } from '../translations/texts.ts';
import type { Translate } from '../translations/translate.ts';
import type { IdentifierField } from '../view-models/fields.ts';
import { textField } from './fields.ts';
import { phoneField } from './phone-field.ts';
import type { FieldName, PlacedProblem } from './problems.ts';

/** What an identifier field is drawn with. */
export type IdentifierFieldParts = {
  language: string;
  identifier: IdentifierField;
  problem: PlacedProblem;
  hasFocus: boolean;
};

/** Labels by what the field takes, in this order. */
const labels: Record<string, TextKey> = {
  email: 'field.email',
  username: 'field.username',
  'phone email': 'field.phoneOrEmail',
  'phone username': 'field.phoneOrUsername',
  'email username': 'field.emailOrUsername',
  'phone email username': 'field.phoneOrEmailOrUsername',
};
const order = ['phone', 'email', 'username'] as const;

const isPhoneAlone = ({ takes }: IdentifierField) => takes.length === 1 && takes[0] === 'phone';

/** How a form names the field. */
export const nameOf = (identifier: IdentifierField): FieldName => (isPhoneAlone(identifier) ? 'phone' : 'identifier');

/** One field for whatever it takes: an address has an @, and a username never begins with a digit or a plus. */
export function identifierField(t: Translate, { language, identifier, problem, hasFocus }: IdentifierFieldParts): Html {
  const { takes, value, phone } = identifier;
  if (isPhoneAlone(identifier)) return phoneField(t, { language, phone, problem: problem.at('phone'), hasFocus });
  const kinds = order.filter((kind) => takes.includes(kind));
  const isEmailAlone = kinds.join() === 'email';
  return textField({
    name: 'identifier',
    label: t(labels[kinds.join(' ')] ?? 'field.username'),
    value,
    type: isEmailAlone ? 'email' : 'text',
    keyboard: !isEmailAlone && kinds.includes('email') ? 'email' : undefined,
    autocomplete: isEmailAlone ? 'email' : 'username',
    hint: kinds.includes('phone')
      ? t('field.phoneOrUsernameHint', { country: countryName(phone.country, language) })
      : undefined,
    problem: problem.at('identifier'),
    hasFocus,
    maxLength: 320,
  });
}
