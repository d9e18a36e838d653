import { z } from 'zod';
import { brandingSchema } from '../experience/appearance.ts';
import { shownFraudPolicySchema } from '../experience/fraud-policy.ts';
import { type SignInExperience, signInExperienceSchema } from '../experience/sign-in-experience.ts';
import { logtoSignInExperience, logtoSignInExperienceReply } from './logto-fields.ts';
import { maskNumbers } from './mask-numbers.ts';

const picture = z.string().optional().describe('Absent where there is none.');
const pictures = { logoUrl: picture, darkLogoUrl: picture, favicon: picture, darkFavicon: picture };

/** The sign-in experience as replies show it: with what Logto has beside it, and as its schema wants it. */
export const signInExperienceReply = signInExperienceSchema.extend({
  ...logtoSignInExperienceReply,
  fraudPolicy: shownFraudPolicySchema,
  branding: brandingSchema.pick({ name: true }).extend(pictures),
});
type Reply = z.infer<typeof signInExperienceReply>;

/** What replies show: a picture that is not there is absent. */
export const toReply = ({ branding, ...experience }: SignInExperience): Reply => ({
  ...logtoSignInExperience,
  ...experience,
  branding: Object.fromEntries(Object.entries(branding).filter(([, url]) => url !== null)) as Reply['branding'],
});

/** What viewers get: what always or never passes may be somebody's number. */
export const toMaskedReply = (experience: SignInExperience): Reply => {
  const reply = toReply(experience);
  return { ...reply, fraudPolicy: JSON.parse(maskNumbers(JSON.stringify(reply.fraudPolicy), true)) };
};
