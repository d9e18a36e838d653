import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import classes from './css-tab.module.css';
import type { ExperienceValues } from './experience-values.ts';

const example = `main {
  border-radius: 0;
}

.primary {
  border-radius: 2rem;
}

@media (prefers-color-scheme: dark) {
  body {
    background: #101820;
  }
}`;

/** A stylesheet of the operator's own. */
export function CssTab({ form: { values, change, problemOf } }: { form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('signInExperience.css.title')} lead={t('signInExperience.css.lead')}>
      <Textarea
        label={t('signInExperience.css.field')}
        description={t('signInExperience.css.fieldHelp')}
        placeholder={example}
        classNames={{ input: classes.code, error: classes.problems }}
        autosize
        minRows={14}
        maxRows={32}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        value={values.customCss}
        error={problemOf('customCss')}
        onChange={(event) => change('customCss', event.currentTarget.value)}
      />
    </Panel>
  );
}
