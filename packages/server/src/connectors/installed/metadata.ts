import type { ConnectorMetadata, FormItem } from '@sesame/connector-kit';
import { z } from 'zod';
import { inlineTranslations } from '../translations.ts';
import { inlineConfigTemplate, inlineLogo, inlineReadme } from './assets.ts';
import { markSecrets } from './confidential.ts';
import type { ConnectorPackage } from './packages.ts';
import { RefusedConnector } from './refused-connector.ts';

const text = (maxLength: number) => z.string().max(maxLength);
const languageTag = z.string().regex(/^[A-Za-z]{2,3}([-_]\w{1,8}){0,4}$/);
const languages = (maxLength: number) =>
  z.record(languageTag, text(maxLength)).refine(({ en }) => en, { message: 'has no text in English (en)' });
const key = z
  .string()
  .regex(/^[\w.$-]{1,100}$/)
  .refine((name) => !Object.hasOwn(Object.prototype, name));

const formItemTexts = {
  label: text(500).optional(),
  placeholder: text(2_000).optional(),
  description: text(4_000).optional(),
  tooltip: text(4_000).optional(),
};

const formItemSchema = z
  .object({
    key,
    ...formItemTexts,
    translations: z.record(languageTag, z.object(formItemTexts)).optional(),
    type: z.enum(['Text', 'Number', 'MultilineText', 'Switch', 'Json', 'Select', 'MultiSelect']),
    required: z.boolean().optional(),
    defaultValue: z.unknown().optional(),
    isConfidential: z.boolean().optional(),
    showConditions: z
      .array(z.object({ targetKey: key, expectValue: z.unknown().optional() }))
      .max(20)
      .optional(),
    selectItems: z
      .array(z.object({ value: text(500), title: text(500).optional() }))
      .max(500)
      .optional(),
  })
  .transform((item) => ({
    ...item,
    label: item.label || item.key,
    ...(/Select$/.test(item.type) && {
      selectItems: (item.selectItems ?? []).map(({ value, title }) => ({ value, title: title ?? value })),
    }),
  }));

const metadataSchema = z.object({
  id: z.string().regex(/^[\w.-]{1,128}$/, 'is not 1 to 128 letters, digits, dots, dashes and underscores'),
  target: text(128).optional(),
  name: languages(500),
  description: languages(4_000),
  logo: z.string(),
  logoDark: z.string().nullish(),
  readme: text(1024 * 1024),
  translations: z
    .record(
      languageTag,
      z
        .object({
          readme: text(1024 * 1024),
          meanings: z.record(z.string().max(200), text(1_000)),
          sentences: z.record(z.string().max(1_000), text(1_000)),
        })
        .partial(),
    )
    .optional(),
  formItems: z.array(formItemSchema).max(200).optional(),
  configTemplate: text(64 * 1024).optional(),
  isDemo: z.boolean().optional(),
});

/**
 * The metadata of an installed connector, with its secrets marked, its pictures and its guide in place of their paths,
 * and nothing in it that we do not know. @throws RefusedConnector naming what is wrong
 */
export async function readMetadata(input: unknown, from: ConnectorPackage): Promise<ConnectorMetadata> {
  const { success, data, error } = metadataSchema.safeParse(input);
  if (!success) throw new RefusedConnector(`Its metadata is not valid: ${describe(error)}.`);
  const { logo, logoDark, readme, translations: said, formItems, configTemplate: template, ...metadata } = data;
  const translations = await inlineTranslations(said as ConnectorMetadata['translations'], (guide) =>
    inlineReadme(guide, from),
  );
  const configTemplate = template && (await inlineConfigTemplate(template, from));
  return {
    ...metadata,
    name: { ...metadata.name, en: metadata.name.en ?? '' },
    description: { ...metadata.description, en: metadata.description.en ?? '' },
    target: metadata.target ?? metadata.id,
    platform: null,
    isDemo: metadata.isDemo ?? false,
    logo: await inlineLogo('logo', logo, from),
    logoDark: logoDark ? await inlineLogo('logoDark', logoDark, from) : null,
    readme: await inlineReadme(readme, from),
    formItems: markSecrets((formItems as FormItem[] | undefined) ?? formOfTemplate(configTemplate)),
    ...(translations && { translations }),
    ...(configTemplate && { configTemplate }),
  };
}

function describe(error: z.ZodError): string {
  const [{ path, message } = { path: [], message: '' }] = error.issues;
  return `${path.map(String).join('.').slice(0, 200) || 'it'} ${message.replace(/^Invalid/, 'is invalid').slice(0, 200)}`;
}

/** Older connectors have an example of their configuration in the place of a form. */
function formOfTemplate(configTemplate: string | undefined): FormItem[] {
  let example: unknown;
  try {
    example = JSON.parse(configTemplate || '{}');
  } catch {
    throw new RefusedConnector('It has no form: no "formItems", and its "configTemplate" is not JSON.');
  }
  return Object.entries(example ?? {}).flatMap(([name, value]): FormItem[] => {
    if (!key.safeParse(name).success) return [];
    const base = { key: name, label: name, required: true };
    if (typeof value === 'string') return [{ ...base, type: 'Text', placeholder: value }];
    if (typeof value === 'number') return [{ ...base, type: 'Number', defaultValue: value }];
    if (typeof value === 'boolean') return [{ ...base, type: 'Switch', defaultValue: value }];
    return [{ ...base, type: 'Json', defaultValue: value }];
  });
}
