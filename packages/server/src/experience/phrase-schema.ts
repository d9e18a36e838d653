import { canonicalLocale } from '@sesame/connector-kit';
import { type PhraseTree, phraseKeys, placeholdersOf, toTree } from '@sesame/pages';
import { z } from 'zod';

const maxText = 2000;

/** A language tag, in its canonical spelling. */
export const languageTagSchema = z
  .string()
  .max(64)
  .transform((text, context) => {
    const tag = canonicalLocale(text);
    if (tag === undefined) context.addIssue({ code: 'custom', message: 'Give a language tag, for example pt-BR.' });
    return tag ?? z.NEVER;
  });

const plainText = z
  .string()
  .trim()
  .max(maxText)
  .regex(/^\P{Cc}*$/u, 'Use no control characters.');

/**
 * A schema for all texts that are filled in with the same: there are hundreds, and each object of zod takes a kilobyte
 * or two.
 */
const textsByPlaceholders = new Map<string, z.ZodType<string | undefined>>();

/** Takes any of the texts of the pages, by their keys as a tree; others are refused by name. */
export const phraseTreeSchema: z.ZodType<PhraseTree> = schemaOf(toTree(phraseKeys.map((key) => [key, key])));

function schemaOf(tree: PhraseTree): z.ZodType<PhraseTree> {
  const shape = Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [
      name,
      typeof value === 'string' ? textWith(placeholdersOf(value)) : schemaOf(value).optional(),
    ]),
  );
  return z.strictObject(shape) as unknown as z.ZodType<PhraseTree>;
}

/** A text in place of ours; it may leave out what ours is filled in with, but ask for nothing else. */
function textWith(known: readonly string[]): z.ZodType<string | undefined> {
  const schema =
    textsByPlaceholders.get(known.join()) ??
    plainText
      .superRefine((text, context) => {
        const unknown = [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).filter((name) => !known.includes(name));
        for (const name of new Set(unknown)) {
          const message = `${name} stands for nothing here; ${known.length > 0 ? `there is ${known.join(' and ')}` : 'this text is not filled in'}.`;
          context.addIssue({ code: 'custom', message });
        }
      })
      .optional();
  textsByPlaceholders.set(known.join(), schema);
  return schema;
}
