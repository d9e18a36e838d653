import { useTranslation } from 'react-i18next';
import type { paths } from '../api/schema.d.ts';
import {
  IconBan,
  IconCheck,
  IconChecks,
  IconCircleCheckFilled,
  IconCircleX,
  IconHelpCircle,
  IconPhoneOff,
  IconSend,
} from '../shell/icons.tsx';
import classes from './outcome-text.module.css';

/** What a message came to. */
export type Outcome = paths['/api/messages/{id}']['get']['responses'][200]['content']['application/json']['outcome'];

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

/** Every outcome. */
export const outcomes = Object.keys(icons) as Outcome[];

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
