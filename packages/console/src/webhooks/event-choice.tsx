import { Checkbox, Code, Input, Stack } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldsOf } from '../forms/use-form.ts';
import { eventGroups } from './event-groups.ts';
import type { WebhookFields } from './webhook-fields.ts';
import classes from './webhooks.module.css';

/** What a webhook is told of. */
export function EventChoice({ form: { values, change, problemOf } }: { form: FieldsOf<WebhookFields> }) {
  const { t } = useTranslation();
  const id = useId();
  const problem = problemOf('events');
  return (
    <Checkbox.Group
      label={t('webhooks.fields.events')}
      description={t('webhooks.help.events')}
      error={problem}
      value={[...values.events]}
      onChange={(events) => change('events', events as WebhookFields['events'])}
    >
      <div className={classes.groups}>
        {eventGroups.map(({ name, events }) => (
          <fieldset key={name} className={classes.plain}>
            <Input.Label component="legend" id={`${id}-${name}`} mb={4}>
              {t(`webhooks.group.${name}`)}
            </Input.Label>
            <Stack gap="xs">
              {events.map((event) => (
                <Checkbox
                  key={event}
                  value={event}
                  label={t(`webhooks.event.${event}`)}
                  description={<Code>{event}</Code>}
                  {...(problem && { 'aria-invalid': true })}
                />
              ))}
            </Stack>
          </fieldset>
        ))}
      </div>
    </Checkbox.Group>
  );
}
