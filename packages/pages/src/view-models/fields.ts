/** What is said of a new password before one is typed. */
export type PasswordHint = { minLength: number; characterTypes: number };

/** What a phone field starts with. */
export type PhoneField = {
  /** ISO 3166-1, two letters. */
  country: string;
  /** As it was typed, or a number in E.164. */
  number: string;
  /** Whether a country is offered; all of them where it is left out, and always that of a number that is there. */
  offers?: ((country: string) => boolean) | undefined;
};

/** What a person is known by. */
export type Identifier = 'phone' | 'email' | 'username';

/** The field that says who somebody is: one, since a password manager keeps one. */
export type IdentifierField = {
  /** What it takes; phone numbers alone have a field of their own, with a list of countries. */
  takes: readonly Identifier[];
  /** As it was typed before. */
  value: string;
  /** What the field for numbers alone starts with; the country is that of numbers without a plus. */
  phone: PhoneField;
};
