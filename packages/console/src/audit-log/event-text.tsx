import { Code, Text } from '@mantine/core';
import i18next, { type TFunction } from 'i18next';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../shell/links.tsx';
import { useConnectorNames } from '../shell/use-connector-names.ts';
import { actionTexts, switchTexts } from './action-text.ts';
import type { Entry } from './audit-log-api.ts';
import classes from './event-text.module.css';
import { isRecipient, maskRecipient } from './recipients.ts';

/** What stands in a sentence for who did it and what it was done to; texts have no such characters. */
const places = { actor: '\u{e000}', subject: '\u{e001}' };

/** An entry as a sentence, with links to who and what is in it. */
export function EventText({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const parts: Record<string, ReactNode> = {
    [places.actor]: <Actor actor={entry.actor} />,
    [places.subject]: <Subject entry={entry} />,
  };
  const sentence = sentenceOf(t, entry.action, places, entry.details);
  // A text without a place for who did it is a sentence all the same.
  const whole = sentence.includes(places.actor) ? sentence : `${places.actor} – ${sentence}`;
  const pieces = whole.split(/([\u{e000}\u{e001}])/u);
  return (
    <div className={classes.event}>
      <Text size="sm" component="span">
        {pieces.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence never move
          <Fragment key={index}>{parts[piece] ?? piece}</Fragment>
        ))}
      </Text>
      {entry.times > 1 && (
        <Text size="xs" c="dimmed">
          {t('auditLog.times', { count: entry.times })}
        </Text>
      )}
    </div>
  );
}

/** What an action is called on its own, without who; dots stand for what it was done to. */
export function actionName(t: TFunction, action: string): string {
  const bare = sentenceOf(t, action, { actor: '', subject: '…' })
    .replace(/\s+/g, ' ')
    .replace(/ ([,，])/g, '$1')
    .trim();
  return bare.charAt(0).toLocaleUpperCase() + bare.slice(1);
}

function sentenceOf(
  t: TFunction,
  action: string,
  values: { actor: string; subject: string },
  details: Entry['details'] = {},
): string {
  const either = switchTexts[action];
  const chosen = either && details[either.detail];
  const key = typeof chosen === 'boolean' ? either?.[chosen ? 'on' : 'off'] : actionTexts[action];
  // The keys are those of the table, whose texts all take these values.
  return key ? (t as (key: string, values: object) => string)(key, values) : action;
}

/** Who did it. What stands for no person has a name in the language of the Console. */
function Actor({ actor: { type, id, name } }: { actor: Entry['actor'] }) {
  const { t } = useTranslation();
  const key = `auditLog.name.${id}`;
  const shown = i18next.exists(key) ? t(key as 'auditLog.name.settings') : name;
  if (type === 'application') {
    return (
      <PageLink to="/applications/$id" params={{ id }} size="sm" underline="always">
        {shown}
      </PageLink>
    );
  }
  return (
    <PageLink to="/audit-log" search={{ actorType: type, actorId: id }} size="sm" underline="always">
      {shown}
    </PageLink>
  );
}

/** What it was done to; a link as long as it is there. */
function Subject({ entry: { action, subject, details } }: { entry: Entry }) {
  const { nameOf } = useConnectorNames();
  const { type, id } = subject;
  if (id === null) return null;
  const named = details.subjectName ?? details.name ?? details.username;
  const name = typeof named === 'string' ? named : undefined;
  if (type === 'connector-factory') return <b>{nameOf(id)}</b>;
  const shown = name ?? <Code>{isRecipient(type) ? maskRecipient(id) : id}</Code>;
  if (/\.(delete|forget)$/.test(action)) return <b>{shown}</b>;
  if (type === 'user') {
    return (
      <PageLink to="/users/$userId" params={{ userId: id }} size="sm" underline="always">
        {shown}
      </PageLink>
    );
  }
  if (type === 'application' || type === 'connector' || type === 'resource') {
    return (
      <PageLink to={`/${type}s/$id`} params={{ id }} size="sm" underline="always">
        {shown}
      </PageLink>
    );
  }
  if (type === 'hook') {
    return (
      <PageLink to="/webhooks/$id" params={{ id }} size="sm" underline="always">
        {shown}
      </PageLink>
    );
  }
  if (type === 'administrator') {
    return (
      <PageLink to="/administrators" size="sm" underline="always">
        {shown}
      </PageLink>
    );
  }
  return <b>{shown}</b>;
}
