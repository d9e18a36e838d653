import { describe, expect, test } from 'vitest';
import { directionOf, languages } from '../language.ts';
import { exampleContext } from './examples/example.ts';
import { viewExamples } from './view-examples.ts';

const hostile = `x"'><script>alert(1)</script><b onclick='y'>{phone}`;
/** What is chosen from a list of ours. */
const notTyped = new Set(['purpose', 'reason', 'rule', 'offer', 'message', 'notice', 'text', 'takes']);

/** A model like this with the hostile text wherever a text was. */
function corrupt(model: unknown, key = ''): unknown {
  if (notTyped.has(key)) return model;
  if (typeof model === 'string') return hostile;
  if (Array.isArray(model)) return model.map((item) => corrupt(item));
  if (typeof model !== 'object' || model === null) return model;
  return Object.fromEntries(Object.entries(model).map(([name, value]) => [name, corrupt(value, name)]));
}

const countTexts = (model: unknown, key = ''): number => {
  if (notTyped.has(key)) return 0;
  if (typeof model === 'string') return 1;
  if (typeof model !== 'object' || model === null) return 0;
  return Object.entries(model).reduce((sum, [name, value]) => sum + countTexts(value, name), 0);
};

/** One of each kind: a Western, an Eastern and one from the right. */
describe.each(['en', 'zh-CN', 'ar'])('in %s', (language) => {
  const context = { ...exampleContext, language };

  describe.each(viewExamples)('$name', ({ render, model }) => {
    const page = render(context, model as never);

    test('is a whole document in its language, with nothing inline but the colours', () => {
      expect(page).toMatch(/^<!doctype html>\n<html lang="/);
      expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
      expect(page.match(/<h1/g)).toHaveLength(1);
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page.match(/<style/g)).toHaveLength(1);
      expect(page).not.toMatch(/ style=| on[a-z]+=|undefined|\[object|NaN|=""[^>]*"/);
    });

    test('lets no text become markup', () => {
      const brand = { name: hostile };
      const corrupted = render({ ...context, brand }, corrupt(model) as never);
      expect(corrupted).not.toContain('<script>alert');
      expect(corrupted).not.toContain('<b onclick');
      expect(corrupted).not.toContain(`x"'`);
      expect(corrupted.match(/<script/g)).toHaveLength(1);
      if (countTexts(model) > 0) expect(corrupted).toContain('&lt;script&gt;alert(1)');
    });

    test('carries what each form carries', () => {
      const forms = page.split('<form ').slice(1);
      for (const markup of forms) {
        expect(markup).toMatch(/^method="post" action="\/[^"]*">/);
        expect(markup).toContain('<input type="hidden" name="flow" value="flow-1">');
        expect(markup).toContain('<input type="hidden" name="csrf" value="token-1">');
      }
    });

    test('ties each problem to its field', () => {
      const problems = page.match(/class="(problem|alert)"/g) ?? [];
      expect(problems).toHaveLength('problem' in model && model.problem ? 1 : 0);
      const [, id] = /<p class="problem" id="([\w-]+)" role="alert">/.exec(page) ?? [];
      if (id) expect(page).toMatch(new RegExp(`aria-describedby="${id}[^"]*" aria-invalid="true" autofocus>`));
    });
  });
});

describe('the brand', () => {
  const [example] = viewExamples;
  const pageOf = (changes: object) => example?.render({ ...exampleContext, ...changes }, example.model as never) ?? '';
  const logoUrl = 'data:image/svg+xml;base64,PHN2Zy8+';

  test('is a name, a logo, or a logo for each scheme', () => {
    expect(pageOf({})).toContain('<p class="brand">Cave &amp; Sons</p>');
    const logo = { name: 'Cave', logoUrl, darkLogoUrl: undefined };
    expect(pageOf({ brand: logo })).toContain(`<img src="${logoUrl}" alt="Cave">`);
    expect(pageOf({ brand: logo })).not.toContain('<source');
    const logos = { ...logo, darkLogoUrl: 'https://example.com/dark.png' };
    expect(pageOf({ brand: logos })).toContain('<source srcset="https://example.com/dark.png"');
  });

  test('is left out where there is none', () => {
    const page = pageOf({ brand: { name: '' } });
    expect(page).not.toContain('<header>');
    expect(page).toContain('<title>Sign in</title>');
  });

  test('can do without dark mode', () => {
    const colors = { ...exampleContext.colors, isDarkModeEnabled: false };
    const page = pageOf({ colors, brand: { name: 'Cave', logoUrl, darkLogoUrl: logoUrl } });
    expect(page).toContain('data-dark="off"');
    expect(page).toContain('<meta name="color-scheme" content="light">');
    expect(page).not.toContain('prefers-color-scheme');
  });
});

test('every page is whole in every language, and its lines begin where they should', () => {
  expect(languages.filter((language) => directionOf(language) === 'rtl')).toEqual(['ar', 'fa', 'he']);
  for (const language of languages) {
    for (const { render, model } of viewExamples) {
      const page = render({ ...exampleContext, language }, model as never);
      expect(page).toContain(`<html lang="${language}" dir="${directionOf(language)}">`);
      expect(page).not.toMatch(/undefined|\[object|NaN|\{\w+\}/);
    }
  }
});

// WCAG 2.5.3: who speaks to the browser says what is seen.
test.each(languages)('what links of the account page are called has what they say in it, in %s', (language) => {
  const accounts = viewExamples.filter(({ name }) => /^account/.test(name));
  const pages = accounts.map(({ render, model }) => render({ ...exampleContext, language }, model as never));
  const links = pages.join('').matchAll(/<a href="[^"]*" aria-label="([^"]*)">([^<]*)</g);
  const wrong = [...links].filter(([, label = '', text = '']) => !label.toLowerCase().includes(text.toLowerCase()));
  expect(wrong.map(([link]) => link)).toEqual([]);
});

test.each(languages)('days, times and numbers in %s are in the digits that codes are in', (language) => {
  const pages = viewExamples.map(({ render, model }) => render({ ...exampleContext, language }, model as never));
  expect(pages.join('').match(/(?!\d)\p{Nd}+/gu)).toBeNull();
});
