import { Input } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { IconBrowser, IconDeviceMobile, IconRobot, IconServer } from '../shell/icons.tsx';
import { type ApplicationType, applicationTypes } from './applications-api.ts';
import classes from './type-choice.module.css';

const icons = { Traditional: IconServer, SPA: IconBrowser, Native: IconDeviceMobile, MachineToMachine: IconRobot };

type Props = {
  type: ApplicationType | undefined;
  error: string | undefined;
  onChange: (type: ApplicationType) => void;
};

/** Chooses the kind of an application; none is chosen for anybody. */
export function TypeChoice({ type, error, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div
      className={classes.choice}
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-required
      aria-invalid={error !== undefined}
      aria-describedby={[`${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')}
      tabIndex={-1}
    >
      <Input.Label component="span" id={`${id}-label`}>
        {t('applications.fields.type')}
      </Input.Label>
      <Input.Description id={`${id}-help`}>{t('applications.help.type')}</Input.Description>
      <div className={classes.cards}>
        {applicationTypes.map((each) => {
          const Icon = icons[each];
          return (
            <label key={each} className={classes.card}>
              <input
                type="radio"
                className={classes.radio}
                name={id}
                checked={each === type}
                onChange={() => onChange(each)}
                aria-labelledby={`${id}-${each}`}
                aria-describedby={`${id}-${each}-about`}
              />
              <Icon size={22} className={classes.icon} aria-hidden />
              <span>
                <strong id={`${id}-${each}`}>{t(`applications.types.${each}.name`)}</strong>
                <Input.Description component="span" display="block" id={`${id}-${each}-about`}>
                  {t(`applications.types.${each}.about`)}
                </Input.Description>
              </span>
            </label>
          );
        })}
      </div>
      {error && <Input.Error id={`${id}-error`}>{error}</Input.Error>}
    </div>
  );
}
