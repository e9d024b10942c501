import { expect, test } from 'vitest';
import { createHclParser } from '../hcl/parse-hcl.ts';
import { readModules } from '../hcl/read-modules.ts';
import { Unknown } from '../provider/values/value.ts';
import { folderOf } from '../testing/folder-of.ts';
import { parsed } from '../testing/parsed.ts';
import { countChanges, PrintedPlan } from './printed-plan.ts';
import { readPlan } from './read-plan.ts';

const change = (change: object, rest: object = {}): object => ({
  address: 'hcloud_server.a',
  mode: 'managed',
  type: 'hcloud_server',
  name: 'a',
  change: { actions: ['create'], before: null, ...change },
  ...rest,
});
const printed = (...changes: object[]): PrintedPlan =>
  PrintedPlan.parse({ timestamp: '2026-11-22T00:00:00Z', resource_changes: changes });

test('what only an apply tells is unknown, at every depth', () => {
  const plan = readPlan(
    printed(
      change({
        after: { name: 'n', network: [{ ip: '10.0.0.2' }, {}] },
        after_unknown: { id: true, network: [{ id: true }, { ip: true }], firewall_ids: true },
      }),
    ),
    'dev',
    undefined,
  );
  expect(plan.resources[0]?.values).toEqual({
    name: 'n',
    id: Unknown.value,
    network: [{ ip: '10.0.0.2', id: Unknown.value }, { ip: Unknown.value }],
    firewall_ids: Unknown.value,
  });
});

const goes = change({ actions: ['delete'], before: { name: 'gone' }, after: null });
const isReplaced = change({
  actions: ['delete', 'create'],
  before: { name: 'old' },
  after: { name: 'new' },
  replace_paths: [['location'], ['network', 0, 'ip']],
});

test('what goes and what is replaced is destroyed, with what forces it; data sources are neither', () => {
  const data = change({ actions: ['read'], after: { name: 'data' } }, { mode: 'data' });
  const plan = readPlan(printed(goes, isReplaced, data), 'dev', undefined);
  expect(plan.destroyed).toMatchObject([
    { values: { name: 'gone' }, isReplaced: false, forcedBy: [] },
    { values: { name: 'old' }, isReplaced: true, forcedBy: ['location', 'network.0.ip'] },
  ]);
  expect(plan.resources.map(({ values }) => values.name)).toEqual(['new']);
});

test('changes are counted once each, by what becomes of the resource', () => {
  const others = [['create'], ['update'], ['update'], ['create', 'delete'], ['forget'], ['no-op']];
  const plan = printed(goes, isReplaced, ...others.map(actions => change({ actions })));
  expect(countChanges(plan)).toEqual({ created: 1, updated: 2, replaced: 2, destroyed: 1, forgotten: 1 });
});

test('a resource is found where it is declared, through modules and counts', async () => {
  const modules = parsed(
    readModules(
      folderOf({
        'environments/dev/main.tf': 'module "outer" {\n  source = "../../modules/outer"\n}\n',
        'modules/outer/main.tf': 'module "inner" {\n  source = "../inner"\n}\n',
        'modules/inner/main.tf':
          'resource "hcloud_server" "a" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n' +
          '\nresource "hcloud_server" "b" {}\n',
      }),
      await createHclParser(),
    ),
  );
  const root = modules.get('environments/dev');
  if (root === undefined) throw new Error('the environment was not read');
  const inModule = { module_address: 'module.outer["x.y"].module.inner[0]' };
  const plan = readPlan(
    printed(change({ after: {} }, inModule), change({ after: {} }, { ...inModule, name: 'b' })),
    'dev',
    { modules, root },
  );
  expect(plan.resources.map(({ declared }) => declared)).toEqual([
    { file: 'modules/inner/main.tf', line: 1, preventDestroy: true },
    { file: 'modules/inner/main.tf', line: 7, preventDestroy: false },
  ]);
});
