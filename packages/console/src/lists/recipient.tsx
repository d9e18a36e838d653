import { Fragment } from 'react';
import classes from './recipient.module.css';

/** A number or an address in a list: a number stays in one piece, an address breaks behind its `@` before elsewhere. */
export const Recipient = ({ children }: { children: string }) => (
  <span className={classes.recipient}>
    {children.split(/(?<=@)/).map((part, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have their order only
      <Fragment key={index}>
        {index > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </span>
);
