import type { ReactNode } from 'react';
import classes from './success-text.module.css';

type Props = { succeeded: number; total: number; children: ReactNode };

/** Says how much succeeded of a total, in a colour where too little did. */
export function SuccessText({ succeeded, total, children }: Props) {
  const share = total === 0 ? 1 : succeeded / total;
  return <span className={share < 0.5 ? classes.bad : share < 0.9 ? classes.doubtful : undefined}>{children}</span>;
}
