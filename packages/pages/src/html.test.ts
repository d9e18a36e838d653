import { expect, test } from 'vitest';
import { html } from './html.ts';

test('texts are escaped, between tags and in attributes', () => {
  const hostile = `<b>"x" & 'y'</b>`;
  expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
    '<p title="&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;">&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</p>',
  );
});

test('markup stays markup, one piece or several', () => {
  expect(html`<ul>${['a', '<'].map((text) => html`<li>${text}</li>`)}</ul>`.markup).toBe(
    '<ul><li>a</li><li>&lt;</li></ul>',
  );
});

test('what is absent is left out; zero is not', () => {
  expect(html`${undefined}${false}${0}${''}`.markup).toBe('0');
});
