import { Input } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApplicationType, applicationTypes } from './applications-api.ts';
import classes from './type-choice.module.css';

/** Chooses the kind of an application. */
export function TypeChoice({ type, onChange }: { type: ApplicationType; onChange: (type: ApplicationType) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className={classes.choice} aria-describedby={`${id}-help`}>
      <Input.Label component="legend">{t('applications.fields.type')}</Input.Label>
      <Input.Description id={`${id}-help`}>{t('applications.help.type')}</Input.Description>
      {applicationTypes.map((each) => (
        <label key={each} className={classes.option}>
          <input
            type="radio"
            name={id}
            checked={each === type}
            onChange={() => onChange(each)}
            aria-labelledby={`${id}-${each}`}
            aria-describedby={`${id}-${each}-about`}
          />
          <span>
            <span id={`${id}-${each}`}>{t(`applications.types.${each}.name`)}</span>
            <Input.Description component="span" display="block" id={`${id}-${each}-about`}>
              {t(`applications.types.${each}.about`)}
            </Input.Description>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
