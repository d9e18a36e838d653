import { stylesheet } from '@sesame/pages';
import { describe, expect, test } from 'vitest';
import { maxCustomCss, problemsIn } from './custom-css.ts';

const reasonsIn = (css: string) => problemsIn(css).map(({ reason, line }) => `${reason} ${line}`);

describe('a stylesheet of the operator’s own', () => {
  test.each([
    ['nothing', ''],
    ['our own stylesheet', stylesheet.content],
    [
      'colours, also for dark devices',
      ':root { --brand: #c00 }\n@media (prefers-color-scheme: dark) { h1 { color: red } }',
    ],
    ['nesting', '.primary { &:hover { color: red } }'],
    ['a picture in itself', '.brand { background: url(data:image/png;base64,AAAA) }'],
    [
      'a picture in itself, in quotes',
      `.brand { background: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>") }`,
    ],
    ['a path of this server', '.brand { background: url("/brand/logo.svg") }'],
    ['a part of the page', '.brand { mask: url(#mask) }'],
    [
      'what only reads like something else',
      'a::before { content: "@import url(https://x.example)" } /* url(https://x) */',
    ],
    ['a property that is no behaviour', 'html { scroll-behavior: smooth }'],
    ['animations and layers', '@layer a, b;\n@layer a { @keyframes in { from { opacity: 0 } } }'],
  ])('may have %s', (_, css) => {
    expect(problemsIn(css)).toEqual([]);
  });

  test.each([
    ['@import "https://x.example/a.css";', 'at-rule 1'],
    ['\n@IMPORT url(data:image/png,x);', 'at-rule 2'],
    ['@\\69mport "//x.example";', 'at-rule 1'],
    ['@font-face { font-family: x; src: url(/x.woff2) }', 'at-rule 1'],
    ['@namespace url(https://x.example);', 'at-rule 1'],
    ['a {\r\n  background: url(https://x.example/a.png)\r\n}', 'url 2'],
    ['a { background: URL( "http://x.example" ) }', 'url 1'],
    ['a { background: u\\72l(//x.example) }', 'url 1'],
    ['a { background: u\\72 l("//x.example") }', 'url 1'],
    ['a { background: url(/\\9/x.example) }', 'url 1'],
    ['a { background: url("/\\a /x.example") }', 'url 1'],
    ['a { background: url(\\\\\\\\x.example) }', 'url 1'],
    ['a { background: url(https:x.example) }', 'url 1'],
    ['a { background: url(/**/ "//x.example") }', 'url 1'],
    ['a { background: url("data:text/html,x") }', 'url 1'],
    ['a { background: url(javascript:alert(1)) }', 'syntax 1'],
    ['a { --x: url(https://x.example); background: var(--x) }', 'url 1'],
    ['[value^="1"] { background: url(//x.example/1) }', 'url 1'],
    ['a { background: image-set("https://x.example" 1x) }', 'function 1'],
    ['a { background: -webkit-image-set("https://x.example" 1x) }', 'function 1'],
    ['a { background: src("https://x.example") }', 'function 1'],
    ['a { width: e\\78pression(alert(1)) }', 'function 1'],
    ['a { behavior: url(#default) }', 'property 1'],
    ['a { -MOZ-binding : none }', 'property 1'],
    ['a { color: red', 'syntax 1'],
    ['a { color: red }\n}', 'syntax 2'],
    ['a {\n  color red;\n}', 'syntax 2'],
    ['a::before { content: "x\n" }', 'syntax 1'],
    ['a { } /* to the end', 'syntax 1'],
  ])('is refused with %j', (css, reason) => {
    expect(reasonsIn(css)).toContain(reason);
  });

  test('is refused with everything that is wrong, by line', () => {
    const css = '@import "a";\nb { behavior: url(//x.example) }\nc { background: src("y") }';
    expect(reasonsIn(css)).toEqual(['at-rule 1', 'property 2', 'url 2', 'function 3']);
  });

  test.each([
    ['a { color: red', 'unclosed-block'],
    ['a { color: red }\n}', 'unexpected-brace'],
    ['a { color red; }', 'no-colon'],
    ['a::before { content: "x\n" }', 'unclosed-string'],
    ['a::before { content: "x', 'unclosed-string'],
    ['a { } /* to the end', 'unclosed-comment'],
    ['a { background: url(data:image/png,x', 'bad-url'],
    ['a { background: url(a"b) }', 'bad-url'],
    ['a:not(.b { color: red }', 'unclosed-bracket'],
    ['a { color: red background: blue }', 'no-semicolon'],
    ['@ { color: red }', 'no-name'],
    ['a { content: \\', 'bad-escape'],
  ])('says of %j what kind of fault it is', (css, fault) => {
    expect(problemsIn(css)[0]).toMatchObject({ reason: 'syntax', fault });
  });

  test('has no more bytes than it may', () => {
    expect(reasonsIn(' '.repeat(maxCustomCss))).toEqual([]);
    expect(reasonsIn('é'.repeat(maxCustomCss / 2 + 1))).toEqual(['too-long 1']);
  });
});
