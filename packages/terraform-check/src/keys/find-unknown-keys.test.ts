import { expect, test } from 'vitest';
import { createHclParser } from '../hcl/parse-hcl.ts';
import { readModules } from '../hcl/read-modules.ts';
import type { ProviderSchema } from '../schema/provider-schema.ts';
import { folderOf } from '../testing/folder-of.ts';
import { parsed } from '../testing/parsed.ts';
import { findUnknownKeys } from './find-unknown-keys.ts';

const parse = await createHclParser();

const SCHEMA: ProviderSchema = {
  source: { provider: 'example/example', version: '1', commit: '', licence: '', reducedBy: '' },
  provider: { version: 0, block: { attributes: {}, block_types: {} } },
  resources: {
    example_queue: {
      version: 0,
      block: {
        attributes: {
          labels: { type: ['map', 'string'], optional: true },
          settings: {
            optional: true,
            nested_type: {
              nesting_mode: 'single',
              attributes: { delay: { type: 'number', optional: true }, paused: { type: 'bool', optional: true } },
            },
          },
          rules: {
            optional: true,
            nested_type: { nesting_mode: 'list', attributes: { id: { type: 'string', required: true } } },
          },
        },
        block_types: {
          consumer: {
            nesting_mode: 'list',
            block: {
              attributes: { limits: { type: ['object', { retries: 'number' }], optional: true } },
              block_types: {},
            },
          },
        },
      },
    },
  },
  dataSources: {},
};

function keysOf(files: Readonly<Record<string, string>>): string[] {
  const modules = parsed(readModules(folderOf(files), parse));
  return findUnknownKeys(modules, [SCHEMA]).map(({ file, line, place }) => `${file}:${line} ${place}`);
}

const queue = (body: string): Record<string, string> => ({ 'main.tf': `resource "example_queue" "q" {\n${body}\n}\n` });

test.each([
  ['in a nested attribute', 'settings = { delay = 1, retention = 2 }', 'settings.retention'],
  ['in a list of them', 'rules = [{ id = "a" }, { id = "b", prefix = "x" }]', 'rules[1].prefix'],
  ['made by for', 'rules = [for x in var.y : { id = x, prefix = x }]', 'rules.prefix'],
  ['in one branch', 'settings = var.a ? { delays = 1 } : null', 'settings.delays'],
  ['in what is merged', 'settings = merge({ delay = 1 }, { delays = 1 })', 'settings.delays'],
])('a key that no schema has is found: %s', (_, body, place) => {
  expect(keysOf(queue(body))).toEqual([`main.tf:2 example_queue.q ${place}`]);
});

test('the message says what, why and which keys there are', () => {
  const modules = parsed(readModules(folderOf(queue('settings = { retention = 2 }')), parse));
  expect(findUnknownKeys(modules, [SCHEMA])[0]?.message).toBe(
    'example_queue.q settings.retention: "retention" is no key here, Terraform drops it silently. ' +
      'Remove it or use one of delay, paused.',
  );
});

test('blocks, dynamic ones too, are looked into', () => {
  const text = 'dynamic "consumer" {\n  for_each = [1]\n  content {\n    limits = { retry = 1 }\n  }\n}';
  expect(keysOf(queue(text))).toEqual(['main.tf:5 example_queue.q.consumer limits.retry']);
});

test('a local is followed to where the key is written', () => {
  expect(
    keysOf({
      ...queue('settings = local.settings'),
      'locals.tf': 'locals {\n  settings = {\n    delays = 1\n  }\n}\n',
    }),
  ).toEqual(['locals.tf:3 example_queue.q settings.delays']);
});

test('a local that refers to itself ends the search', () => {
  expect(keysOf({ ...queue('settings = local.a'), 'locals.tf': 'locals {\n  a = local.a\n}\n' })).toEqual([]);
});

test('a variable whose type has a key too many is told where it is handed on', () => {
  const type = 'variable "settings" {\n  type = object({ delay = number, delays = optional(number) })\n}\n';
  expect(keysOf({ ...queue('settings = var.settings'), 'variables.tf': type })).toEqual([
    'main.tf:2 example_queue.q settings.delays',
  ]);
});

test('a field of a variable is followed by its type', () => {
  const type = 'variable "queue" {\n  type = object({ settings = object({ delay = number, delays = number }) })\n}\n';
  expect(keysOf({ ...queue('settings = var.queue.settings'), 'variables.tf': type })).toEqual([
    'main.tf:2 example_queue.q settings.delays',
  ]);
});

test('a key that every JavaScript object seems to have is none either', () => {
  expect(keysOf(queue('settings = { constructor = 1 }'))).toEqual(['main.tf:2 example_queue.q settings.constructor']);
});

test('maps have keys of their own, and what cannot be read is left alone', () => {
  expect(keysOf(queue('labels = { anything = "x" }\n settings = { (var.a) = 1 }\n rules = local.nowhere'))).toEqual([]);
});

const NETWORK = {
  'modules/network/variables.tf':
    'variable "network" {\n  type = object({\n    range = string\n' +
    '    zones = optional(map(object({ name = string })), {})\n  })\n}\n',
};

test('a key that a called module’s variable does not have', () => {
  const call =
    'module "network" {\n  source = "../../modules/network"\n  network = {\n    range = "x"\n    zone = "y"\n  }\n}\n';
  expect(keysOf({ ...NETWORK, 'environments/dev/main.tf': call })).toEqual([
    'environments/dev/main.tf:5 module.network network.zone',
  ]);
});

test('keys in values of variables: tfvars, JSON, defaults and tests', () => {
  const found = keysOf({
    ...NETWORK,
    'modules/network/a.tfvars': 'network = { range = "x", zones = { a = { nam = "y" } } }\n',
    'modules/network/b.tfvars.json': '{\n  "network": {\n    "range": "x",\n    "zone": 1\n  }\n}\n',
    'modules/network/tests/n.tftest.hcl': 'run "a" {\n  variables {\n    network = { range = "x", zone = 1 }\n  }\n}\n',
    'modules/network/more.tf': 'variable "b" {\n  type = object({ c = string })\n  default = { c = "", d = "" }\n}\n',
  });
  expect(found).toEqual([
    'modules/network/more.tf:3 var b.d',
    'modules/network/a.tfvars:1 var network.zones.a.nam',
    'modules/network/b.tfvars.json:4 var network.zone',
    'modules/network/tests/n.tftest.hcl:3 var network.zone',
  ]);
});
