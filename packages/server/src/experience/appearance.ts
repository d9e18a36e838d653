import { emailProblems, parseEmail, readEmail, schemeMissing } from '@sesame/connector-kit';
import { languages } from '@sesame/pages/language';
import { getCountries } from 'libphonenumber-js/max';
import { z } from 'zod';
import { onOneLine } from '../plain-text.ts';

const color = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'Give a colour as # and six hexadecimal digits, for example #5b3df5.');

const maxImageUrl = 100_000;
const imageUrl = z
  .string()
  .max(maxImageUrl, 'An image in the address itself may have up to 75 kB; link to a larger one.')
  .regex(/^(https:\/\/\S+|http:\/\/localhost[:/]\S*|data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]\S+)$/, {
    error: ({ input }) => schemeMissing(String(input)) ?? 'Give an https:// address or an image as data:image/…',
  });

const pageUrl = z
  .url({
    protocol: /^https?$/,
    // What is no text has the refusal of its kind: an object may not even have a text form.
    error: ({ input }) =>
      typeof input === 'string' ? (schemeMissing(input) ?? 'Give an http:// or https:// address.') : undefined,
  })
  .max(2048)
  .regex(...onOneLine)
  .nullable();

const image = z
  .literal('')
  .transform(() => null)
  .or(imageUrl.nullable());

/** The brand of the hosted pages; `null` or an empty text is no picture. */
export const brandingSchema = z.object({
  name: z
    .string()
    .trim()
    .max(64)
    .regex(...onOneLine)
    .describe('The name above the hosted pages; empty shows that of the application.'),
  logoUrl: image,
  darkLogoUrl: image.describe('The logo on a dark background; without one, the other.'),
  favicon: image.describe('The picture in the tab of the browser; without one, the logo.'),
  darkFavicon: image.describe('The same for dark devices; without one, the other.'),
});

/** The colours of the hosted pages. */
export const colorSchema = z.object({
  primaryColor: color,
  darkPrimaryColor: color,
  isDarkModeEnabled: z.boolean().describe('Whether pages follow a device that prefers dark colours.'),
});

/** The languages of the hosted pages. */
export const languageInfoSchema = z.object({
  autoDetect: z.boolean().describe('Whether the language of the browser counts; `ui_locales` always does.'),
  fallbackLanguage: z.enum(languages),
});

/** Two capital letters of a country that has phone numbers (ISO 3166-1). */
export const countrySchema = z.enum(getCountries()).describe('The country that the phone field begins with.');

/** How people agree to the terms of use and the privacy policy. */
const agreeToTermsPolicySchema = z
  .enum(['Automatic', 'ManualRegistrationOnly', 'Manual'])
  .describe(
    '`Automatic`: by going on; `ManualRegistrationOnly`: by a box to tick at sign-up; `Manual`: at sign-in too.',
  );

const customCss = z
  .string()
  .nullable()
  .describe(
    'A stylesheet of the operator’s own, loaded by hosted pages after ours; up to 64 KiB, and it loads nothing.',
  );
const supportEmail = z
  .string()
  .max(320)
  .overwrite((typed) => parseEmail(typed)?.address ?? typed)
  .superRefine((address, context) => {
    const read = readEmail(address);
    if (typeof read === 'string') context.addIssue({ code: 'custom', message: emailProblems[read] });
  })
  .nullable();

const orNothing = <Value extends z.ZodType>(schema: Value) =>
  z
    .literal('')
    .transform(() => null)
    .or(schema)
    .optional();

/** What the operator adds to hosted pages: links, a stylesheet, and where those go whose flow is unknown. */
export const contentSchema = {
  termsOfUseUrl: pageUrl,
  privacyPolicyUrl: pageUrl,
  agreeToTermsPolicy: agreeToTermsPolicySchema,
  supportEmail: supportEmail.describe('Shown at the foot of every hosted page.'),
  supportWebsiteUrl: pageUrl.describe('Linked at the foot of every hosted page.'),
  unknownSessionRedirectUrl: pageUrl.describe(
    'Where browsers go that open a page of a sign-in that is over or was begun elsewhere; null: a page says so.',
  ),
  customCss,
};

/** The same, as they are given; an empty text takes something away. */
export const contentChangeSchema = {
  termsOfUseUrl: orNothing(pageUrl),
  privacyPolicyUrl: orNothing(pageUrl),
  supportEmail: orNothing(supportEmail),
  supportWebsiteUrl: orNothing(pageUrl),
  unknownSessionRedirectUrl: orNothing(pageUrl),
  customCss: orNothing(customCss),
};
