import { type IframeHTMLAttributes, useState } from 'react';
import classes from './document-frame.module.css';

type Props = {
  /** A whole document; it runs no script. */
  html: string;
  title: string;
} & Pick<IframeHTMLAttributes<HTMLIFrameElement>, 'className' | 'inert'>;

/**
 * A document of its own, drawn in a frame of the size that the class gives. What follows it is loaded below it and shown
 * once it is there, so that nothing flashes while somebody types; it has a frame of its own, as one that goes on to another
 * document would add a step to the way back.
 */
export function DocumentFrame({ html, title, className, inert }: Props) {
  const [loaded, setLoaded] = useState(html);
  const documents = loaded === html ? [html] : [loaded, html];
  return (
    <div className={classes.frames}>
      {documents.map((each) => (
        <iframe
          key={each}
          title={title}
          srcDoc={each}
          sandbox=""
          tabIndex={-1}
          inert={inert || each !== loaded}
          className={className}
          data-shown={each === loaded || undefined}
          onLoad={() => setLoaded(each)}
        />
      ))}
    </div>
  );
}
