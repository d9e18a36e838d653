import { signInExperienceSchema } from '../../../experience/sign-in-experience.ts';
import { logtoSignInExperience, logtoSignInExperienceReply } from '../../logto-fields.ts';

/** The sign-in experience as replies show it: with what Logto has beside it. */
export const signInExperienceReply = signInExperienceSchema.extend(logtoSignInExperienceReply);

/** What replies show. */
export const toReply = <Experience extends object>(experience: Experience) => ({
  ...logtoSignInExperience,
  ...experience,
});
