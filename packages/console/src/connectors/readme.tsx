import type { ComponentProps } from 'react';
import Markdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import classes from './readme.module.css';

/** The guide of a connector. Its Markdown is not trusted: no HTML, no pictures from elsewhere, links only to the web. */
export default function Readme({ markdown }: { markdown: string }) {
  return (
    <div className={classes.readme} lang="en">
      <Markdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSanitize]} components={components}>
        {markdown}
      </Markdown>
    </div>
  );
}

type Given<Tag extends keyof React.JSX.IntrinsicElements> = ComponentProps<Tag> & { node?: unknown };

const components: Components = {
  // The page has the first heading.
  h1: ({ children }) => <h2>{children}</h2>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  a: ({ href, children }: Given<'a'>) =>
    /^(https?:|mailto:)/i.test(href ?? '') ? (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ alt }: Given<'img'>) => <em>{alt}</em>,
  table: ({ children }: Given<'table'>) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <div className={classes.table} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  pre: ({ children }: Given<'pre'>) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <pre tabIndex={0}>{children}</pre>
  ),
};
