import { useMemo } from 'react';
import { styleNonce } from '../csp.ts';
import { mailDocument } from './mail-document.ts';
import classes from './mails.module.css';

type Props = { html: string; colorScheme: 'light' | 'dark'; title: string };

/** A mail as it is opened; it runs no script, loads nothing and leads nowhere. */
export function MailFrame({ html, colorScheme, title }: Props) {
  const document = useMemo(() => mailDocument(html, { nonce: styleNonce(), colorScheme }), [html, colorScheme]);
  return (
    // A frame that goes on to what is typed next would add a step to the way back.
    <iframe
      key={document}
      title={title}
      srcDoc={document}
      sandbox=""
      tabIndex={-1}
      className={classes.frame}
      data-scheme={colorScheme}
    />
  );
}
