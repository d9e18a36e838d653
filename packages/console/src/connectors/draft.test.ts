import type { FormItem } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { configOf, countProblems, defaultsOf, isSameDraft, problemsOf, startDraft } from './draft.ts';

const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({ usageType }));
const items: FormItem[] = [
  { key: 'id', label: 'Id', type: 'Text', required: true },
  { key: 'mode', label: 'Mode', type: 'Select', selectItems: [{ value: 'a' }, { value: 'b' }], defaultValue: 'a' },
  {
    key: 'onlyB',
    label: 'Only b',
    type: 'Text',
    required: true,
    showConditions: [{ targetKey: 'mode', expectValue: 'b' }],
  },
  { key: 'port', label: 'Port', type: 'Number' },
  { key: 'flag', label: 'Flag', type: 'Switch', defaultValue: true },
  { key: 'templates', label: 'Templates', type: 'Json', required: true, defaultValue: templates },
];

test('starts from the defaults, and sends what is filled in', () => {
  const draft = startDraft(items, defaultsOf(items));
  expect(configOf(items, draft)).toEqual({ mode: 'a', flag: true, templates });
  expect(problemsOf(items, draft)).toEqual({ id: 'required' });
});

test('keeps what the form does not know, and trims texts', () => {
  const stored = { id: ' x ', flag: false, legacy: 1, templates: [] };
  expect(configOf(items, startDraft(items, stored))).toEqual({
    id: 'x',
    flag: false,
    legacy: 1,
    templates: [],
  });
});

test('shows the default templates where none are stored, and sets no other default', () => {
  const draft = startDraft(items, { id: 'x' });
  expect(configOf(items, draft)).toEqual({ id: 'x', templates });
});

test('asks for a field only while it is shown', () => {
  const draft = startDraft(items, { id: 'x', mode: 'b' });
  expect(problemsOf(items, draft)).toEqual({ onlyB: 'required' });
  const hidden = { ...draft, values: { ...draft.values, mode: 'a', onlyB: 'left over' } };
  expect(configOf(items, hidden)).not.toHaveProperty('onlyB');
});

test.each([
  ['[{', 'json'],
  ['', 'required'],
  [' \n', 'required'],
  ['[]', 'templates'],
  [JSON.stringify(templates), undefined],
])('says of the JSON %j: %s', (text, problem) => {
  const draft = { ...startDraft(items, { id: 'x' }), texts: { templates: text } };
  expect(problemsOf(items, draft)).toEqual(problem ? { templates: problem } : {});
  expect(Object.hasOwn(configOf(items, draft), 'templates')).toBe(problem === undefined || problem === 'templates');
});

test('refuses a number that is none', () => {
  const draft = startDraft(items, { id: 'x', port: '12a' });
  expect(problemsOf(items, draft)).toEqual({ port: 'number' });
});

test('tells whether something was changed', () => {
  const draft = startDraft(items, defaultsOf(items));
  expect(isSameDraft(draft, startDraft(items, defaultsOf(items)))).toBe(true);
  expect(isSameDraft(draft, { ...draft, values: { ...draft.values, id: 'x' } })).toBe(false);
  expect(isSameDraft(draft, { ...draft, texts: { templates: '[]' } })).toBe(false);
});

test('errors in templates are problems, each of them; warnings are none', () => {
  const template = (usageType: string, content = `Your code is {{code}}. (${usageType})`) => ({ usageType, content });
  const required = ['Register', 'SignIn', 'ForgotPassword', 'Generic'];
  const problems = (templates: unknown) => {
    const draft = startDraft(items, { id: 'x', templates });
    return [problemsOf(items, draft), countProblems(items, draft)];
  };
  const good = required.map((usageType) => template(usageType));
  expect(problems(good)).toEqual([{}, 0]);
  expect(problems(good.with(1, template('SignIn', 'Hello')))).toEqual([{ templates: 'templates' }, 1]);
  expect(problems([template('Generic', 'Hello'), template('SignIn', '{{codes}}')])).toEqual([
    { templates: 'templates' },
    5,
  ]);
  expect(problems(good.map(({ usageType }) => template(usageType, 'One text: {{code}}')))).toEqual([{}, 0]);
  expect(problems([...good, template('OrganizationInvitation', 'Come: {{link}}')])).toEqual([{}, 0]);
  expect(problems({ notes: 'of some other connector' })).toEqual([{}, 0]);
});

test('codes of templates that are not filled in are problems, each template once', () => {
  const problems = (codes: unknown[]) => {
    const texts = templates.map(({ usageType }, index) => ({ usageType, templateCode: codes[index] }));
    const draft = startDraft(items, { id: 'x', templates: texts });
    return [problemsOf(items, draft), countProblems(items, draft)];
  };
  expect(problems(['SMS_1', 'SMS_2', { china: 'SMS_3', overseas: 'SMS_4' }, 'SMS_5'])).toEqual([{}, 0]);
  expect(problems(['', ' ', { china: 'SMS_3', overseas: '' }, 'SMS_5'])).toEqual([{ templates: 'templates' }, 3]);
});
