import { problemsOf } from '@sesame/connector-kit/connector-test';
import { describe, expect, test } from 'vitest';
import { configGuard, defaultEndpoint } from './config.ts';
import { config, templates } from './test-account.ts';

describe('the configuration', () => {
  test.each([
    ['accessKeyId', { accessKeyId: 'LTAI 5t' }],
    ['from', { from: 'TwelveLetter' }],
    ['from', { from: 'Acme Ltd' }],
    ['from', { from: '1234567890123456' }],
    ['endpoint', { endpoint: 'http://dysmsapi.ap-southeast-1.aliyuncs.com' }],
    ['endpoint', { endpoint: 'https://dysmsapi.ap-southeast-1.aliyuncs.com/v1' }],
    ['templates', { templates: templates.slice(1) }],
  ])('with a wrong %s is refused by name', (path, change) => {
    expect(problemsOf(configGuard, { ...config, ...change }).map(([at]) => at)).toEqual([path]);
  });

  test.each([
    ['no endpoint', {}, { endpoint: defaultEndpoint }],
    ['an empty endpoint', { endpoint: '' }, { endpoint: defaultEndpoint }],
    ['another region', { endpoint: ' https://dysmsapi.eu-central-1.aliyuncs.com/ ' }, {}],
    ['a number as sender', { from: '123456789012345' }, { from: '123456789012345' }],
  ])('may have %s', (_, change, expected) => {
    expect(configGuard.parse({ ...config, ...change })).toMatchObject(expected);
  });
});
