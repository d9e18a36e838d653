import type { TFunction } from 'i18next';
import { reasonText } from '../lists/reason-text.ts';
import type { FollowedMessage } from './messages-api.ts';

type Asked = NonNullable<FollowedMessage['asked']>;

/** Who asked for a message: through what, for which application, and from where. */
export function askedLines(t: TFunction, { through, application, administrator, network, device }: Asked): string[] {
  const by = administrator ?? application;
  const name = by && (by.name ?? by.id);
  return [
    [
      through && t(`messages.asked.${through}`),
      name && t(administrator ? 'messages.asked.administrator' : 'messages.asked.application', { name }),
    ],
    [network && t('messages.asked.network', { network }), device && t(`messages.asked.device.${device}`)],
  ].flatMap((parts) => parts.filter(Boolean).join(' · ') || []);
}

/** What was decided on a message, and why it did not, or should not, go at once. */
export function decidedLines(t: TFunction, { decided, passed }: Asked, language: string): string[] {
  return [
    ...(decided ? [decisionText(t, decided)] : []),
    ...(passed ? [t(`messages.decided.passed.${passed}`)] : []),
    ...(decided?.reasons ?? []).map((reason) => reasonText(t, reason, language)),
  ];
}

function decisionText(t: TFunction, { decision, isEnforced, isKnown }: NonNullable<Asked['decided']>): string {
  if (decision === 'failed') return t('messages.decided.failed');
  if (decision !== 'go' && !isEnforced) return t(`messages.decided.would.${decision}`);
  return t(isKnown ? 'messages.decided.known' : 'messages.decided.go');
}
