import { expect, test } from 'vitest';
import { withOriginBoundCodes } from './origin-bound.ts';

const contentsOf = (contents: unknown[]) => {
  const config = { from: 'Shop', templates: contents.map((content) => ({ usageType: 'SignIn', content })) };
  const bound = withOriginBoundCodes(config, 'id.example.com');
  expect(bound.from).toBe('Shop');
  return (bound.templates as { content: unknown }[]).map(({ content }) => content);
};

test('texts of ours end with the host and the code', () => {
  expect(contentsOf(['Your code is {{code}}.', 'Code: {{code}}\n '])).toEqual([
    'Your code is {{code}}.\n\n@id.example.com #{{code}}',
    'Code: {{code}}\n\n@id.example.com #{{code}}',
  ]);
});

test('a text that says so already stays as it is', () => {
  const own = [
    'Your code is {{code}}.\n\n@other.example #{{code}}',
    'Code {{code}}\n@a.example #{{ code }} %ads.example',
  ];
  expect(contentsOf(own)).toEqual(own);
});

test('texts that live at the provider, and what is no template at all, stay as they are', () => {
  const templates = [
    { usageType: 'SignIn', templateCode: 'SMS_1' },
    { usageType: 'Generic', content: 7 },
  ];
  expect(withOriginBoundCodes({ templates }, 'id.example.com')).toEqual({ templates });
  expect(withOriginBoundCodes({ templates: '[]' }, 'id.example.com')).toEqual({ templates: '[]' });
});
