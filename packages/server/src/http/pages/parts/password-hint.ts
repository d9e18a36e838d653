import type { PasswordHint } from '@sesame/pages';
import type { SignInExperience } from '../../../experience/sign-in-experience.ts';

/** What a page says of a new password before one is typed. */
export const passwordHint = ({ passwordPolicy: { length, characterTypes } }: SignInExperience): PasswordHint => ({
  minLength: length.min,
  characterTypes: characterTypes.min,
});
