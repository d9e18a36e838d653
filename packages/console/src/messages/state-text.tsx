import { useTranslation } from 'react-i18next';
import type { MessageState } from './message-search.ts';
import classes from './state-text.module.css';

/** How a state looks beside its name. */
const moods: Record<MessageState, string> = {
  sending: 'neutral',
  accepted: 'good',
  delivered: 'good',
  undelivered: 'bad',
  failed: 'bad',
  unclear: 'unclear',
  suppressed: 'unclear',
};

/** What a message has come to; verified counts more than what the provider says. */
export function StateText({ state, isVerified }: { state: MessageState; isVerified: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={classes.state} data-mood={isVerified ? 'good' : moods[state]}>
      {t(isVerified ? 'messages.verified' : `messages.state.${state}`)}
    </span>
  );
}
