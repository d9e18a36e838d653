import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './cap-inputs.module.css';
import { type CapValues, caps } from './policy-values.ts';

type Props = {
  label: string;
  /** Where problems of the fields are told. */
  path: string;
  values: CapValues;
  problemOf: (path: string) => string | undefined;
  onChange: (values: CapValues) => void;
};

/** How many messages, and how much money, an hour, a day and a month; nothing for any amount. */
export function CapInputs({ label, path, values, problemOf, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.caps}>
      <legend>{label}</legend>
      <div className={classes.grid}>
        {caps.map((name) => (
          <NumberInput
            key={name}
            label={t(`protection.caps.${name}`)}
            placeholder={t('protection.caps.noCap')}
            allowDecimal={name.startsWith('maxCost')}
            allowNegative={false}
            hideControls
            value={values[name]}
            error={problemOf(`${path}.${name}`)}
            onChange={(value) => onChange({ ...values, [name]: value })}
          />
        ))}
      </div>
    </fieldset>
  );
}
