import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Connector } from './connector.ts';
import type { ConnectorContract, ContractCheck } from './connector-contract.ts';

/** What the guide of a connector tells of its form, and its logo. */
export function guideChecks({ create, folder }: Pick<ConnectorContract, 'create' | 'folder'>): ContractCheck[] {
  if (folder === undefined) return [];
  const check = (name: string, run: (connector: Connector, guide: string) => unknown) => ({
    name,
    async run() {
      const connector = await create({ getConfig: async () => ({}) });
      const { readme, translations = {} } = connector.metadata;
      const guides = [readme, ...Object.values(translations).flatMap((translation) => translation.readme ?? [])];
      for (const guide of guides) await run(connector, await readFile(resolve(folder, guide), 'utf8'));
    },
  });
  return [
    check('has its logo where its metadata say', async ({ metadata }) => {
      assert((await readFile(resolve(folder, metadata.logo))).length > 0, 'the logo is empty');
    }),
    check('names every field of the form in the guide', expectFieldsNamed),
    check('tells in the settings of the guide of no other field', expectNoOtherSetting),
    check('takes the configurations that the guide shows', expectExamplesTaken),
  ];
}

function expectFieldsNamed({ metadata }: Connector, guide: string): void {
  for (const { key, label } of metadata.formItems) {
    assert(guide.includes(`\`${key}\``) || guide.includes(label), `the guide does not name ${key}`);
  }
}

function expectNoOtherSetting({ metadata }: Connector, guide: string): void {
  const settings = guide.split(/\n## (?:Settings|设置)\n/)[1]?.split('\n## ')[0] ?? '';
  const keys = metadata.formItems.map(({ key }) => key);
  for (const [, key = ''] of settings.matchAll(/^\| `(\w+)`/gm)) assert(keys.includes(key), `there is no field ${key}`);
}

/** An example is a configuration when it has a field of the form. */
function expectExamplesTaken({ metadata, configGuard }: Connector, guide: string): void {
  for (const [, json = ''] of guide.matchAll(/```json\n(.*?)```/gs)) {
    const example = JSON.parse(json);
    if (!metadata.formItems.some(({ key }) => Object.hasOwn(example, key))) continue;
    assert(configGuard.safeParse(example).success, `the check refuses ${json}`);
  }
}
