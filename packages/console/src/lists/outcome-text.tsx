import { useTranslation } from 'react-i18next';
import { IconCheck, IconCircleCheckFilled, IconCircleX, IconSend } from '../shell/icons.tsx';
import { IconBan, IconChecks, IconHelpCircle, IconPhoneOff } from './list-icons.tsx';
import classes from './outcome-text.module.css';
import type { Outcome } from './outcomes.ts';

/** How each outcome looks beside its name, everywhere: in the order of the way of a message. */
const icons: Record<Outcome, typeof IconCheck> = {
  sending: IconSend,
  accepted: IconCheck,
  delivered: IconChecks,
  verified: IconCircleCheckFilled,
  undelivered: IconPhoneOff,
  failed: IconCircleX,
  unclear: IconHelpCircle,
  suppressed: IconBan,
};

/** What a message came to, with its own sign and colour. */
export function OutcomeText({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const Icon = icons[outcome];
  return (
    <span className={classes.outcome} data-outcome={outcome}>
      <Icon size={16} />
      {t(`lists.outcome.${outcome}`)}
    </span>
  );
}
