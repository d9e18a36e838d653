import { Text } from '@mantine/core';
import type { TemplateFinding } from '@sesame/connector-kit';
import { useTranslation } from 'react-i18next';
import { listText } from '../../i18n/list-text.ts';
import { IconAlertTriangle, IconCircleX } from '../../shell/icons.tsx';
import classes from './finding-list.module.css';
import { distinctFindings } from './finding-text.ts';
import type { EditableTemplate } from './read-templates.ts';
import type { CodePolicy } from './templates.ts';

type Props = {
  findings: readonly TemplateFinding[];
  templates: readonly EditableTemplate[];
  policy: CodePolicy;
  /** Says which template each finding is about. */
  withPlace?: boolean;
};

/** What is wrong or doubtful about templates. */
export function FindingList({ findings, templates, policy, withPlace = false }: Props) {
  const { t, i18n } = useTranslation();
  const told = distinctFindings(t, findings, { templates, policy });
  if (told.length === 0) return null;
  const alike = Map.groupBy(told, ({ text }) => text);
  return (
    <ul className={classes.findings}>
      {[...alike].map(([text, same]) => {
        const severity = same[0]?.finding.severity;
        const places = same.map(({ place }) => place).filter((place) => place !== '');
        return (
          <li key={text} data-severity={severity} tabIndex={-1}>
            {severity === 'error' ? <IconCircleX size={16} /> : <IconAlertTriangle size={16} />}
            <Text size="sm" component="span">
              {withPlace && places.length > 0 && <strong>{listText(i18n.language, places)}: </strong>}
              {text}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
