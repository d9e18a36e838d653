import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goodMetadata, writePackage } from '../../../../../test/end-to-end/installed-connectors-fixture.ts';
import { installedFolder } from '../../../../../test/setup/installed.ts';
import { readMetadata } from './metadata.ts';
import { type ConnectorPackage, findPackages } from './packages.ts';

const installed = installedFolder();
const secret = '/etc/hostname';
const good = goodMetadata('good');

/** A package that is there, for metadata that no module has to say. @param files by their paths */
async function packageWith(files: Record<string, string> = {}, main = './index.js'): Promise<ConnectorPackage> {
  await writePackage(installed.folder, 'good', { manifest: { main }, files: { [main]: '', ...files } });
  const { packages } = await findPackages(installed.folder, 'connectors-folder');
  return packages[0] as ConnectorPackage;
}

test.each<[fault: string, changes: object, reason: RegExp]>([
  ['an id with a path', { id: '../etc' }, /^Its metadata is not valid: id /],
  ['no name in English', { name: { de: 'Gut' } }, /^Its metadata is not valid: name has no text in English/],
  [
    'a field that every object has',
    { formItems: [{ key: '__proto__', type: 'Text' }] },
    /^Its metadata is not valid: formItems\.0\.key /,
  ],
  [
    'a form in no language',
    { formItems: [{ key: 'a', type: 'Text', translations: { constructor: { label: 'A' } } }] },
    /^Its metadata is not valid: formItems\.0\.translations\.constructor /,
  ],
  [
    'a form of no texts',
    { formItems: [{ key: 'a', type: 'Text', translations: { 'zh-CN': { label: { toString: 1 } } } }] },
    /^Its metadata is not valid: formItems\.0\.translations\.zh-CN\.label /,
  ],
  ['a logo that is not there', { logo: '../../../../../../../../etc/hostname.svg' }, /^Its logo .* is not there\.$/],
  ['a logo that is a link to outside', { logo: './linked.svg' }, /^Its logo is outside of its folder\.$/],
  ['a logo at http', { logo: 'http://example.com/logo.svg' }, /^Its logo is at an address .*use https/],
  ['a logo behind a password', { logo: 'https://a:b@example.com/logo.svg' }, /^Its logo is at an address/],
  ['a logo that is a text', { logo: 'data:text/html,<b>' }, /^Its logo is at an address .*data URI of an image/],
  ['a logo that is a script', { logoDark: 'javascript:alert(1)' }, /^Its logoDark is at an address/],
  ['a logo anywhere on the machine', { logo: secret }, /^Its logo is no image/],
  ['a logo that is no image', { logo: './README.md' }, /^Its logo is no image: .*\.svg/],
  ['a logo that is a folder', { logo: './folder.svg' }, /^Its logo is not a file\.$/],
  ['a guide outside', { readme: `../../../../../../../..${secret}` }, /^Its readme is outside of its folder\.$/],
  [
    'an example that is not there',
    { configTemplate: './docs/config-template.json' },
    /^Its configTemplate \.\/docs\/config-template\.json is not there\.$/,
  ],
  [
    'an example that is no JSON',
    { formItems: undefined, configTemplate: './README.md' },
    /^It has no form: .*is not JSON/,
  ],
  ['a guide that is not there', { readme: './GUIDE.md' }, /^Its readme \.\/GUIDE\.md is not there\.$/],
])('refuses %s', async (_, changes, message) => {
  const from = await packageWith();
  await symlink(secret, join(from.folder, 'linked.svg'));
  await mkdir(join(from.folder, 'folder.svg'));
  await expect(readMetadata({ ...good, ...changes }, from)).rejects.toMatchObject({
    name: 'RefusedConnector',
    message: expect.stringMatching(message),
  });
});

test('keeps the texts of a form item in other languages, and nothing else of them', async () => {
  const texts = { label: '密钥', description: '…', tooltip: '…', placeholder: '…' };
  const translations = { 'zh-CN': { ...texts, key: 'other', isConfidential: false }, de: {} };
  const formItems = [{ key: 'token', type: 'Text', isConfidential: true, translations }];
  const metadata = await readMetadata({ ...good, formItems }, await packageWith());
  expect(metadata.formItems).toEqual([
    { key: 'token', label: 'token', type: 'Text', isConfidential: true, translations: { 'zh-CN': texts, de: {} } },
  ]);
});

test('takes files that metadata name with and without a dot, logos at https, and connectors without a logo', async () => {
  const example = { apiKey: '<key>', timeout: 5, templates: [{ usageType: 'Generic', content: '{{code}}' }] };
  const files = {
    'docs/config-template.json': JSON.stringify(example),
    'dark.png': 'png',
    'README.md': '# Guide',
    'logo.svg': '<svg/>',
  };
  const from = await packageWith(files, './lib/index.js');
  const read = (changes: object) => readMetadata({ ...good, formItems: undefined, ...changes }, from);
  for (const dot of ['./', '']) {
    const named = { configTemplate: 'docs/config-template.json', readme: 'README.md', logo: 'logo.svg' };
    const changes = Object.fromEntries(Object.entries(named).map(([key, file]) => [key, `${dot}${file}`]));
    expect(await read(changes), dot).toMatchObject({
      logo: 'data:image/svg+xml;base64,PHN2Zy8+',
      readme: '# Guide',
      configTemplate: JSON.stringify(example),
      formItems: [
        { key: 'apiKey', type: 'Text', placeholder: '<key>', isConfidential: true },
        { key: 'timeout', type: 'Number', defaultValue: 5 },
        { key: 'templates', type: 'Json', defaultValue: example.templates },
      ],
    });
  }
  const logo = 'https://example.com/logo.svg';
  expect(await read({ configTemplate: '', readme: 'Read me.', logo, logoDark: 'dark.png' })).toMatchObject({
    logo,
    logoDark: 'data:image/png;base64,cG5n',
    readme: 'Read me.',
    formItems: [],
  });
  expect(await read({ configTemplate: JSON.stringify(example), readme: '', logo: '' })).toMatchObject({
    logo: '',
    formItems: [{ key: 'apiKey' }, {}, {}],
  });
});
