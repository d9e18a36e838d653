import type { Store } from './store.ts';
import type { EmailTemplatesTable } from './tables/connectors.ts';

/** Which templates; all of them where nothing is said. */
export type EmailTemplateFilter = { language_tag?: string | undefined; template_type?: string | undefined };

/** The templates, by language and usage type, as Logto has them. */
export const listEmailTemplates = ({ db }: Store, filter: EmailTemplateFilter = {}): Promise<EmailTemplatesTable[]> =>
  db
    .selectFrom('email_templates')
    .selectAll()
    .where((where) => where.and(given(filter)))
    .orderBy('language_tag')
    .orderBy('template_type')
    .execute();

export const findEmailTemplate = ({ db }: Store, id: string): Promise<EmailTemplatesTable | undefined> =>
  db.selectFrom('email_templates').selectAll().where('id', '=', id).executeTakeFirst();

/**
 * Writes templates and removes others, all or none; one that is there for the usage type and language keeps its id.
 * @returns what is there then of those that are written
 */
export async function putEmailTemplates(
  { db, atomically }: Store,
  templates: readonly EmailTemplatesTable[],
  removed: readonly Required<EmailTemplateFilter>[],
): Promise<EmailTemplatesTable[]> {
  const write = db
    .insertInto('email_templates')
    .values([...templates])
    .onConflict((conflict) =>
      conflict
        .columns(['template_type', 'language_tag'])
        .doUpdateSet((set) => ({ details: set.ref('excluded.details') })),
    )
    .returningAll()
    .compile();
  const removals = removed.map((one) =>
    db
      .deleteFrom('email_templates')
      .where((where) => where.and(given(one)))
      .compile(),
  );
  const [written] = await atomically(templates.length === 0 ? removals : [write, ...removals]);
  return templates.length === 0 ? [] : (written as EmailTemplatesTable[]);
}

/** Replaces the details of a template. @returns whether they still were what they were before */
export async function replaceEmailTemplateDetails(
  { db }: Store,
  id: string,
  { before, after }: { before: string; after: string },
): Promise<boolean> {
  const changed = await db
    .updateTable('email_templates')
    .set({ details: after })
    .where('id', '=', id)
    .where('details', '=', before)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** @returns how many there were */
export async function deleteEmailTemplates(
  { db }: Store,
  filter: EmailTemplateFilter & { id?: string },
): Promise<number> {
  const deleted = await db
    .deleteFrom('email_templates')
    .where((where) => where.and(given(filter)))
    .returning('id')
    .execute();
  return deleted.length;
}

const given = (filter: object) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as EmailTemplateFilter;
