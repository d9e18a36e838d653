import { expect, test } from 'vitest';
import { z } from 'zod';
import { contentTemplatesGuard, endpointGuard, templatesGuard } from './config-guards.ts';
import { defaultContentTemplates } from './default-texts.ts';
import { requiredUsageTypes } from './template.ts';

test.each([
  'https://api.example.com',
  'https://api.example.com:8443/v1/',
  'http://localhost:3000',
  'http://127.0.0.1:3000/send',
  'http://127.8.8.8',
  'http://[::1]:3000',
  'HTTP://LOCALHOST',
])('takes %s as endpoint', (endpoint) => {
  expect(endpointGuard.parse(endpoint)).toBe(endpoint);
});

test.each([
  '',
  'api.example.com',
  'http://api.example.com',
  'http://10.0.0.1',
  'http://192.168.0.1',
  'http://0.0.0.0',
  'http://169.254.169.254',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
  'http://127.0.0.1@example.com',
  'http://[::2]',
  'https://user:password@example.com',
  'https://user@example.com',
  'https://example.com?query=1',
  'https://example.com?',
  'https://example.com#part',
  'https://example.com#',
  'https://exam\nple.com',
  'https:\\\\example.com',
  'ftp://localhost',
  'file:///etc/passwd',
  'javascript:alert(1)',
])('refuses %j as endpoint', (endpoint) => {
  expect(endpointGuard.safeParse(endpoint).success).toBe(false);
});

test.each([
  ['api.example.com/send', 'The scheme is missing: put https:// in front.'],
  ['http://api.example.com', 'Give an https URL'],
])('says of %s what is missing, without repeating it', (endpoint, message) => {
  const [issue] = endpointGuard.safeParse(endpoint).error?.issues ?? [];
  expect(issue?.message).toContain(message);
  expect(issue?.message).not.toContain('example.com');
});

test('cuts off the space that pasting leaves round an endpoint', () => {
  expect(endpointGuard.parse(' https://example.com\n')).toBe('https://example.com');
});

test('takes our own templates, and keeps further usage types and languages', () => {
  const templates = [...defaultContentTemplates, { usageType: 'LinkAccount', locale: 'zh-CN', content: '{{code}}' }];
  expect(contentTemplatesGuard.parse(templates)).toEqual(templates);
});

test('needs no templates for what Generic stands in for', () => {
  const needed = defaultContentTemplates.filter(({ usageType }) => requiredUsageTypes.some((one) => one === usageType));
  expect(needed).toHaveLength(4);
  expect(contentTemplatesGuard.parse(needed)).toEqual(needed);
});

test('names the usage types that have no template', () => {
  const { error } = contentTemplatesGuard.safeParse(defaultContentTemplates.slice(0, 2));
  expect(error?.issues.map(({ message }) => message)).toEqual(['Add a template for ForgotPassword, Generic.']);
});

test.each([undefined, {}, [{ content: 'x' }], [...defaultContentTemplates, { usageType: 'SignIn', content: '' }]])(
  'refuses %j as templates',
  (templates) => {
    expect(contentTemplatesGuard.safeParse(templates).success).toBe(false);
  },
);

test('checks the fields that a connector adds', () => {
  const guard = templatesGuard({ templateCode: z.string() });
  const templates = defaultContentTemplates.map(({ usageType }) => ({ usageType, templateCode: 'SMS_1' }));
  expect(guard.parse(templates)).toEqual(templates);
  expect(guard.safeParse(defaultContentTemplates).success).toBe(false);
});
