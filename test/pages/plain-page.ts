import { DomUtils, parseDocument } from 'htmlparser2';
import type { UserAgent } from '../setup/user-agent.ts';

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** What a form sends of a field, if it is not disabled and has a name. */
const isSent = (field: Element) => !('disabled' in field.attribs) && (field.attribs.name ?? '') !== '';
const isChosen = ({ attribs: { type = '', ...others } }: Element) =>
  !['checkbox', 'radio'].includes(type) || 'checked' in others;

const textOf = (element: Element | undefined) =>
  element ? DomUtils.textContent(element).replace(/\s+/g, ' ').trim() : '';

/** The pages as a browser without script has them, at a tenth of its work: HTML that is read, and forms that are sent. */
export type PlainPage = ReturnType<typeof newPlainPage>;

/**
 * Opens nothing yet. @param publicUrl where the server says that it is @param agent the browser, which keeps cookies
 * @param language what it asks for
 */
export function newPlainPage(publicUrl: string, agent: UserAgent, language: string) {
  let url = new URL(publicUrl);
  let root = parseDocument('');
  const typed = new Map<Element, string>();

  const all = (fits: (element: Element) => boolean, within: Element | typeof root = root) =>
    DomUtils.findAll(fits, within.children);
  const named = (...names: string[]) => all(({ name }) => names.includes(name));

  /** @throws unless there is one */
  function theOnly(what: string, found: readonly Element[]): Element {
    const [only, ...others] = found;
    if (!only || others.length > 0) throw new Error(`${what} is there ${found.length} times at ${url}: ${main()}`);
    return only;
  }
  const main = () => textOf(named('main')[0]);
  const byText = (tag: string, text: string) =>
    theOnly(
      `"${text}"`,
      named(tag).filter((element) => (element.attribs['aria-label'] ?? textOf(element)) === text),
    );
  function fieldOf(label: string): Element {
    const id = byText('label', label).attribs.for;
    return theOnly(
      label,
      all(({ attribs }) => attribs.id === id),
    );
  }
  const contentOf = (field: Element) => {
    if (field.name !== 'select') return typed.get(field) ?? field.attribs.value ?? '';
    const options = all(({ name }) => name === 'option', field);
    const chosen = options.find(({ attribs }) => 'selected' in attribs) ?? options[0];
    return typed.get(field) ?? chosen?.attribs.value ?? '';
  };

  /** Goes to a page and on through redirects, until there is none or it leads to the application. */
  async function go(target: string | URL, init: RequestInit = {}): Promise<void> {
    const headers = { 'accept-language': language, 'sec-fetch-site': 'same-origin', ...init.headers };
    url = new URL(target, url);
    for (let next: RequestInit = { ...init, headers }; url.origin === publicUrl; next = { headers }) {
      const response = await agent.send(url, next);
      const location = response.headers.get('location');
      if (location === null) {
        root = parseDocument(await response.text());
        typed.clear();
        return;
      }
      url = new URL(location, url);
    }
  }

  return {
    go,
    reload: () => go(url),
    url: () => url,
    main,
    /** What is said in places of this role, one after the other. */
    texts: (role: string) => all(({ attribs }) => attribs.role === role).map(textOf),
    heading: () => textOf(theOnly('A heading', named('h1'))),
    title: () => textOf(named('title')[0]),
    language: () => named('html')[0]?.attribs.lang,
    field(label: string) {
      const field = fieldOf(label);
      return {
        value: contentOf(field),
        hasFocus: 'autofocus' in field.attribs,
        isWrong: 'aria-invalid' in field.attribs,
      };
    },
    fill(label: string, value: string) {
      typed.set(fieldOf(label), value);
    },
    tick(label: string) {
      fieldOf(label).attribs.checked = '';
    },
    follow: (text: string) => go(byText('a', text).attribs.href ?? ''),

    /** Sends the form of a button. @throws where a browser would ask for a field first */
    async press(text: string): Promise<void> {
      const button = byText('button', text);
      let form = button.parent as Element;
      while (form.name !== 'form') form = form.parent as Element;
      const fields = all(({ name }) => ['input', 'select', 'textarea'].includes(name), form).filter(isSent);
      const isChecked = !('formnovalidate' in button.attribs) && !('novalidate' in form.attribs);
      for (const field of isChecked ? fields : []) {
        if ('required' in field.attribs && contentOf(field) === '') throw new Error(`${field.attribs.name} is empty.`);
      }
      const sent = fields.filter(isChosen);
      const body = new URLSearchParams(sent.map((field) => [field.attribs.name ?? '', contentOf(field)]));
      if (button.attribs.name) body.append(button.attribs.name, button.attribs.value ?? '');
      const action = button.attribs.formaction ?? form.attribs.action ?? url;
      await go(action, { method: form.attribs.method ?? 'get', body, headers: { origin: publicUrl } });
    },
  };
}
