import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './phone-preview.module.css';
import type { EditableTemplate } from './read-templates.ts';
import { partsOf, sampleOf } from './sample.ts';
import type { CodePolicy } from './templates.ts';

/** The message of a template as it looks on a phone, and how many SMS it takes. */
export function PhonePreview({ template, policy }: { template: EditableTemplate; policy: CodePolicy }) {
  const { t } = useTranslation();
  const { content, locale } = template;
  return (
    <figure className={classes.preview}>
      <div className={classes.phone}>
        <div className={classes.speaker} />
        {typeof content === 'string' ? (
          <p className={classes.bubble} lang={locale} dir="auto" data-testid="phone-text">
            {sampleOf(content, policy, locale)}
          </p>
        ) : (
          <p className={classes.elsewhere}>{t('connectors.templates.atProvider')}</p>
        )}
      </div>
      {typeof content === 'string' && (
        <figcaption>
          <PartsText content={content} policy={policy} />
        </figcaption>
      )}
    </figure>
  );
}

/** How many SMS a text takes, how much room is left, and the character that makes it fewer. */
export function PartsText({ content, policy }: { content: string; policy: CodePolicy }) {
  const { t } = useTranslation();
  const { parts, unitsUsed, unitsPerPart, encoding, firstNonGsm } = partsOf(content, policy);
  return (
    <Text size="xs" c="dimmed" component="span">
      {t('connectors.templates.parts', { count: parts, used: unitsUsed, room: parts * unitsPerPart, encoding })}
      {firstNonGsm !== undefined && ` ${t('connectors.templates.nonGsm', { character: firstNonGsm })}`}
    </Text>
  );
}
