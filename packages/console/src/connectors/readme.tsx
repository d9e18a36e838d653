import { type ComponentProps, isValidElement, type ReactElement, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import classes from './readme.module.css';

/** The guide of a connector. Its Markdown is not trusted: no HTML, no pictures from elsewhere, links only to the web. */
export default function Readme({ markdown, language }: { markdown: string; language: string }) {
  return (
    <div className={classes.readme} lang={language}>
      {drawn(markdown)}
    </div>
  );
}

/** The guides that were shown last, by their Markdown. */
const shown = new Map<string, ReactElement>();
const maxShown = 8;

/** The same element for the same text: parsing a guide takes longer than drawing the form beside it. */
function drawn(markdown: string): ReactElement {
  const element =
    shown.get(markdown) ??
    Markdown({ remarkPlugins: [remarkGfm], rehypePlugins: [rehypeSanitize], components, children: markdown });
  shown.delete(markdown);
  shown.set(markdown, element);
  for (const oldest of shown.keys()) if (shown.size > maxShown) shown.delete(oldest);
  return element;
}

type Given<Tag extends keyof React.JSX.IntrinsicElements> = ComponentProps<Tag> & { node?: unknown };

/** Keeps the headings of a guide apart from everything else on the page. */
const prefix = 'guide-';

/** Where a heading is, as GitHub names it: its letters in lower case, with hyphens for spaces. */
function placeOf(children: ReactNode): string {
  return (
    prefix +
    textOf(children)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
  );
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}

const components: Components = {
  // The page has the first heading.
  h1: ({ children }) => <h2 id={placeOf(children)}>{children}</h2>,
  h2: ({ children }) => <h3 id={placeOf(children)}>{children}</h3>,
  h3: ({ children }) => <h4 id={placeOf(children)}>{children}</h4>,
  h4: ({ children }) => <h5 id={placeOf(children)}>{children}</h5>,
  a: ({ href = '', children }: Given<'a'>) => {
    if (href.startsWith('#')) return <a href={`#${prefix}${href.slice(1)}`}>{children}</a>;
    if (!/^(https?:|mailto:)/i.test(href)) return <span>{children}</span>;
    return (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    );
  },
  // Tables of two columns often have no headings, and an empty one is read out for nothing.
  th: ({ children }) => (children ? <th>{children}</th> : <td />),
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
