import { useMemo } from 'react';
import { styleNonce } from '../csp.ts';
import { DocumentFrame } from '../shell/document-frame.tsx';
import { mailDocument } from './mail-document.ts';
import classes from './mails.module.css';

type Props = { html: string; colorScheme: 'light' | 'dark'; title: string };

/** A mail as it is opened; it runs no script, loads nothing and leads nowhere. */
export function MailFrame({ html, colorScheme, title }: Props) {
  const document = useMemo(() => mailDocument(html, { nonce: styleNonce(), colorScheme }), [html, colorScheme]);
  // What shows through while a mail is loaded is as light or dark as the mail.
  const scheme = colorScheme === 'dark' ? classes.dark : '';
  return <DocumentFrame html={document} title={title} className={`${classes.frame} ${scheme}`} />;
}
