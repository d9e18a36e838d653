import { useMemo } from 'react';
import { styleNonce } from '../csp.ts';
import { mailDocument } from './mail-document.ts';
import classes from './mails.module.css';

type Props = { html: string; colorScheme: 'light' | 'dark'; title: string };

/** A mail as it is opened; it runs no script, loads nothing and leads nowhere. */
export function MailFrame({ html, colorScheme, title }: Props) {
  const document = useMemo(() => mailDocument(html, { nonce: styleNonce(), colorScheme }), [html, colorScheme]);
  return (
    <iframe
      title={title}
      srcDoc={document}
      sandbox=""
      tabIndex={-1}
      className={classes.frame}
      data-scheme={colorScheme}
    />
  );
}
