import { Input, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import type { FormItem } from '@sesame/connector-kit';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { lazy, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listText } from '../../i18n/list-text.ts';
import { usageName } from '../../i18n/usage-text.ts';
import { Part } from '../../shell/part.tsx';
import { toText } from '../json-problem.ts';
import { JsonProblemText } from '../json-problem-text.tsx';
import type { TemplateView } from '../tabs.ts';
import { type DraftState, fieldId } from '../use-draft.ts';
import { FindingList } from './finding-list.tsx';
import { distinctFindings } from './finding-text.ts';
import { MessagePreview } from './message-preview.tsx';
import { type EditableTemplate, pathOfTemplate, readTemplates, templatesKey } from './read-templates.ts';
import { TemplateForm } from './template-form.tsx';
import { findingsOf, withoutCode } from './templates.ts';
import classes from './templates-field.module.css';
import { useCodePolicy } from './use-code-policy.ts';

const JsonEditor = lazy(() => import('../json-editor.tsx'));

/** The templates, as JSON and as a form, with a picture of the message and what there is to say about the texts. */
export function TemplatesField({ channel, item, state }: { channel: string; item: FormItem; state: DraftState }) {
  const { t, i18n } = useTranslation();
  const { view = 'json' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [entry, setEntry] = useState(0);
  const policy = useCodePolicy();
  const { key, label, required = false, description } = item;
  const id = fieldId(key);
  const text = state.draft.texts[key] ?? '';
  const templates = useMemo(() => readTemplates(text, key), [text, key]);
  const [lastTemplates, setLastTemplates] = useState(templates);
  // While the JSON is broken, the picture stays as it was.
  if (templates && templates !== lastTemplates) setLastTemplates(templates);
  const findings = useMemo(
    () => (templates ? findingsOf(channel, templates, policy, key) : []),
    [channel, templates, policy, key],
  );
  const issues = state.issuesOf(key);
  const isMissing = state.problemOf(key) === 'required';
  // Nobody has had the time to fill them in before they leave the field or save.
  const isCodeAsked = state.problemOf(key) === 'templates';
  const codeless = useMemo(() => (isCodeAsked ? withoutCode(templates ?? []) : []), [isCodeAsked, templates]);
  const marks = useMemo(
    () => [
      ...issues.map(({ path, message }) => ({ path: path.split('.').slice(1), severity: 'error' as const, message })),
      ...distinctFindings(t, findings, { templates: templates ?? [], policy }).map(({ finding, text: message }) => ({
        path: pathOfTemplate(key, templates ?? [], finding.templateIndex),
        severity: finding.severity,
        message,
      })),
      ...codeless.map((template) => ({
        path: [String(templates?.indexOf(template)), 'templateCode'],
        severity: 'error' as const,
        message: t('connectors.problem.required'),
      })),
    ],
    [issues, findings, codeless, templates, policy, key, t],
  );
  const change = (next: string) => state.changeText(key, next);
  const placeOf = (template: EditableTemplate) => templatePlace(t, template);
  const previewed = lastTemplates?.[entry] ?? lastTemplates?.[0];

  return (
    <section aria-labelledby={`${id}-label`} className={classes.container}>
      <div className={classes.head}>
        <Input.Label component="h3" required={required} id={`${id}-label`} m={0}>
          {label}
        </Input.Label>
        {key === templatesKey && (
          <SegmentedControl
            size="xs"
            aria-label={t('connectors.templates.view')}
            value={view}
            onChange={(next) =>
              void navigate({
                to: '.',
                search: (before) => ({ ...before, view: next as TemplateView }),
                replace: true,
                resetScroll: false,
                ignoreBlocker: true,
              })
            }
            data={[
              { value: 'json', label: t('connectors.templates.json') },
              { value: 'form', label: t('connectors.templates.form') },
            ]}
          />
        )}
      </div>
      <Stack gap={2} id={`${id}-help`}>
        {description && (
          <Text size="sm" c="dimmed">
            {description}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {t('connectors.templates.advice')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('connectors.templates.lifetime', { count: Math.round((policy.lifetimeSeconds / 60) * 100) / 100 })}
        </Text>
      </Stack>
      {view === 'json' ? (
        <div className={classes.editing} data-with-preview={previewed !== undefined} data-channel={channel}>
          <div>
            <Part fallback={<Skeleton height={320} />}>
              <JsonEditor
                id={id}
                text={text}
                labelledBy={`${id}-label`}
                describedBy={`${id}-help ${id}-problem`}
                marks={marks}
                isMissing={isMissing}
                onChange={change}
                onBlur={() => state.leave(key)}
                onEntry={setEntry}
              />
            </Part>
            <JsonProblemText id={`${id}-problem`} text={text} isRequired={isMissing} />
          </div>
          {previewed && (
            <div className={classes.aside}>
              <Text size="xs" fw={600} ta="center" mb={6}>
                {placeOf(previewed)}
              </Text>
              <MessagePreview channel={channel} template={previewed} policy={policy} />
            </div>
          )}
        </div>
      ) : templates ? (
        <div id={id} tabIndex={-1}>
          <TemplateForm
            channel={channel}
            templates={templates}
            policy={policy}
            isCodeAsked={isCodeAsked}
            onChange={(next) => change(toText(next))}
          />
        </div>
      ) : (
        <Text id={id} tabIndex={-1} c="var(--mantine-color-error)">
          {t('connectors.templates.noForm')}
        </Text>
      )}
      {issues.map(({ path, message }) => (
        <Text key={path + message} size="sm" c="var(--mantine-color-error)" role="alert">
          {issuePlace(t, path, templates)} {message}
        </Text>
      ))}
      {view === 'json' && codeless.length > 0 && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {listText(i18n.language, codeless.map(placeOf))}: {t('connectors.templates.codeMissing')}
        </Text>
      )}
      {view === 'json' && templates && (
        <FindingList findings={findings} templates={templates} policy={policy} withPlace />
      )}
    </section>
  );
}

function issuePlace(t: TFunction, path: string, templates: ReturnType<typeof readTemplates>): string {
  const [, index] = path.split('.');
  const template = templates?.[Number(index)] ?? templates?.find(({ usageType }) => usageType === index);
  return template ? `${templatePlace(t, template)}:` : '';
}

const templatePlace = (t: TFunction, { usageType, locale }: EditableTemplate): string =>
  [usageName(t, usageType), locale].filter(Boolean).join(' · ');
