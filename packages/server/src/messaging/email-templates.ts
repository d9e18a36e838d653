import { lintContent, matchLocale, type Template, type UsageType } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import { newShortId, type Platform } from '../platform.ts';
import {
  deleteEmailTemplates,
  type EmailTemplateFilter,
  findEmailTemplate,
  listEmailTemplates,
  putEmailTemplates,
  replaceEmailTemplateDetails,
} from '../store/email-templates.ts';
import type { Held } from '../store/held.ts';
import type { Store } from '../store/store.ts';
import type { EmailTemplatesTable } from '../store/tables/connectors.ts';

/** What a mail says, as Logto has it. */
export type EmailTemplateDetails = Pick<Template, 'contentType' | 'replyTo' | 'sendFrom'> & {
  subject: string;
  content: string;
};

/** What is said in a language (BCP 47) for a usage type. */
export type NewEmailTemplate = EmailTemplatePlace & { details: EmailTemplateDetails };

/** What a template is for. */
export type EmailTemplatePlace = { languageTag: string; templateType: UsageType };

export type EmailTemplate = NewEmailTemplate & { id: string; createdAt: number };

type Deps = {
  store: Store;
  platform: Platform;
  held: Held;
  /** The language for who wishes none that there is. */
  fallbackLanguage: () => Promise<string>;
};

/** The templates of how many usage types are held in memory. */
const maxHeldTypes = 20;

/** Administrators' templates of mails, by usage type and language: they go before those of the connector. */
export function createEmailTemplates({ store, platform, held, fallbackLanguage }: Deps) {
  /** Those that can be sent: without the code, a mail that is to bring one is of no use to anybody. */
  const ofType = held.values(maxHeldTypes, async (usageType) =>
    (await listEmailTemplates(store, { template_type: usageType }))
      .map(toTemplate)
      .filter(
        (template) => !lintContent(template, { lifetimeSeconds: 600 }).some(({ rule }) => rule === 'code-missing'),
      ),
  );

  /** @throws ApiError `entity.not_exists_with_id` */
  async function get(id: string): Promise<EmailTemplate> {
    const row = await findEmailTemplate(store, id);
    if (!row) throw new ApiError('entity.not_exists_with_id', { id });
    return toEmailTemplate(row);
  }

  return {
    list: async (filter: Partial<Pick<EmailTemplate, 'languageTag' | 'templateType'>>): Promise<EmailTemplate[]> =>
      (await listEmailTemplates(store, columnsOf(filter))).map(toEmailTemplate),

    get,

    /**
     * Writes templates in place of those for the same usage types and languages, and removes others, all or none.
     * @returns those that are written
     */
    async put(
      templates: readonly NewEmailTemplate[],
      removed: readonly EmailTemplatePlace[] = [],
    ): Promise<EmailTemplate[]> {
      const now = platform.now();
      const rows = await putEmailTemplates(
        store,
        templates.map(({ languageTag, templateType, details }) => ({
          id: newShortId(platform, 20),
          language_tag: languageTag,
          template_type: templateType,
          details: JSON.stringify(details),
          created_at: now,
        })),
        removed.map(({ languageTag, templateType }) => ({ language_tag: languageTag, template_type: templateType })),
      );
      const written = new Map(rows.map((row) => [keyOf(toEmailTemplate(row)), toEmailTemplate(row)]));
      return templates.flatMap((template) => written.get(keyOf(template)) ?? []);
    },

    /**
     * Changes the details that are given. Somebody else's change in between is kept.
     * @throws ApiError `entity.not_exists_with_id`
     */
    async change(id: string, change: Partial<EmailTemplateDetails>): Promise<EmailTemplate> {
      for (;;) {
        const template = await get(id);
        const details = { ...template.details, ...change };
        const texts = { before: JSON.stringify(template.details), after: JSON.stringify(details) };
        if (await replaceEmailTemplateDetails(store, id, texts)) return { ...template, details };
      }
    },

    /** @throws ApiError `entity.not_exists_with_id` */
    async delete(id: string): Promise<void> {
      if ((await deleteEmailTemplates(store, { id })) === 0) throw new ApiError('entity.not_exists_with_id', { id });
    },

    /** @returns how many there were */
    deleteAll: (filter: Partial<Pick<EmailTemplate, 'languageTag' | 'templateType'>>): Promise<number> =>
      deleteEmailTemplates(store, columnsOf(filter)),

    /**
     * The template of a usage type in the language that somebody wishes, or else in the fallback language, from memory.
     * @param wishes the best first
     */
    async choose(usageType: UsageType, wishes: readonly string[]): Promise<Template | undefined> {
      const templates = (await ofType(usageType)) ?? [];
      if (templates.length === 0) return undefined;
      const tags = templates.map(({ locale }) => locale);
      const met = matchLocale(wishes, tags) ?? matchLocale([await fallbackLanguage()], tags);
      return templates.find(({ locale }) => locale === met);
    },
  };
}
export type EmailTemplates = ReturnType<typeof createEmailTemplates>;

const columnsOf = ({ languageTag, templateType }: Partial<EmailTemplate>): EmailTemplateFilter => ({
  language_tag: languageTag,
  template_type: templateType,
});

const keyOf = ({ languageTag, templateType }: EmailTemplatePlace) => `${templateType}\n${languageTag}`;

const detailsOf = ({ details }: EmailTemplatesTable) => JSON.parse(details) as EmailTemplateDetails;

const toTemplate = (row: EmailTemplatesTable) => ({
  usageType: row.template_type,
  locale: row.language_tag,
  ...detailsOf(row),
});

const toEmailTemplate = (row: EmailTemplatesTable): EmailTemplate => ({
  id: row.id,
  languageTag: row.language_tag,
  templateType: row.template_type,
  details: detailsOf(row),
  createdAt: Number(row.created_at),
});
