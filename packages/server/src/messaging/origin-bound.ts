import { type Channel, holdsHtml } from '@sesame/connector-kit';
import type { ConnectorConfig } from '../connectors/connector-factory.ts';

type WithContent = { content?: unknown; contentType?: 'text/plain' | 'text/html' | undefined };

/**
 * The template with a last line in a text of ours that ties the code to the host it is meant for, so that browsers and
 * mail programs fill it in there and nowhere else. A text that lives at the provider stays as it is.
 * @see https://wicg.github.io/sms-one-time-codes/
 */
export const withOriginBoundCode = rememberLast(bindTemplate);

function bindTemplate<T extends WithContent>(template: T, host: string, channel: Channel): T {
  const { content, contentType } = template;
  if (typeof content !== 'string') return template;
  const { isThere, add } = channel === 'Email' && holdsHtml({ content, contentType }) ? inHtml : inText;
  return isThere.test(content) ? template : { ...template, content: add(content, `@${host} #{{code}}`) };
}

/** The same for every template of a configuration. */
export const withOriginBoundCodes = rememberLast((config: ConnectorConfig, host: string, channel: Channel) => {
  if (!Array.isArray(config.templates)) return config;
  const templates = config.templates.map((template: WithContent) => withOriginBoundCode(template, host, channel));
  return { ...config, templates };
});

/** What became of each configuration and template the last time: they stay the same for many messages. */
function rememberLast<Of extends object>(bind: (of: Of, host: string, channel: Channel) => Of): typeof bind {
  const known = new WeakMap<Of, { host: string; channel: Channel; bound: Of }>();
  return (of, host, channel) => {
    const last = known.get(of);
    if (last?.host === host && last.channel === channel) return last.bound;
    const bound = bind(of, host, channel);
    known.set(of, { host, channel, bound });
    return bound;
  };
}

const inText = {
  isThere: /(^|\n)@\S+ #\{\{\s*code\s*\}\}[^\n]*\s*$/,
  add: (content: string, line: string) => `${content.trimEnd()}\n\n${line}`,
};

/** In HTML, the last line is the last that is seen. It goes before the end of the document, where that is written. */
const inHtml = {
  isThere: /(?:^|[>\n])\s*@[^\s<>]+ #\{\{\s*code\s*\}\}[^\n<]*(?:<[^>]*>|\s|&nbsp;)*$/,
  add(content: string, line: string) {
    const lower = content.toLowerCase();
    const [end = content.length] = ['</body', '</html'].map((tag) => lower.lastIndexOf(tag)).filter((at) => at >= 0);
    return `${content.slice(0, end)}<p dir="ltr" style="margin:16px 0 0;font-size:12px;line-height:16px;color:#767d8a">${line}</p>${content.slice(end)}`;
  },
};
