import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Reduces providers' schemas, as `terraform providers schema -json` prints them, to the resource and data source types
 * that stand in `terraform/` and in the fixtures of its check: shapes, without prose. Run by hand when a provider's
 * version is raised or a type is used for the first time:
 *   node scripts/reduce-terraform-schemas.ts --input <folder with the files named below>
 */
interface Provider {
  readonly file: string;
  readonly provider: string;
  readonly version: string;
  readonly commit: string;
  readonly licence: string;
}

const PROVIDERS: readonly Provider[] = [
  {
    file: 'google-8.0.json',
    provider: 'hashicorp/google',
    version: '8.0.0, release branch five days before the release',
    commit: 'e03b7622a26cf4e878f90bdccaca6aa3d03a7999',
    licence: 'MPL-2.0',
  },
  {
    file: 'cloudflare.json',
    provider: 'cloudflare/cloudflare',
    version: '5.22.0',
    commit: 'a2efdc5786ae9726d56928dbfe91933bd92404ca',
    licence: 'Apache-2.0',
  },
  {
    file: 'hcloud.json',
    provider: 'hetznercloud/hcloud',
    version: '1.68.0',
    commit: '93291f4960a23079d89574ab37b025b8e69da82d',
    licence: 'MPL-2.0',
  },
  {
    file: 'qdrant-cloud.json',
    provider: 'qdrant/qdrant-cloud',
    version: '1.28.0',
    commit: '83c7805df110a058e56b022e3b716ef2617e9d07',
    licence: 'Apache-2.0',
  },
];

const ROOT = new URL('..', import.meta.url).pathname;
const OUTPUT = join(ROOT, 'packages/terraform-check/schemas');
const CONFIGURATION = [
  'terraform/**/*.tf',
  'terraform/**/*.tftest.hcl',
  'packages/terraform-check/test/fixtures/{sound,refused,unsafe}/**/*.tf',
];
const TYPE = /^\s*(resource|data)\s+"([^"]+)"/gmu;
const PROSE = new Set(['description', 'description_kind', 'deprecation_message']);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** In a map of attributes or blocks a key is a name, and `description` is one like any other. */
const NAMES = new Set(['attributes', 'block_types']);

function withoutProse(schema: Json): Json {
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !PROSE.has(key))
      .map(([key, value]) => {
        if (key === 'type') return [key, value];
        if (NAMES.has(key) && isObject(value)) {
          return [key, Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutProse(item)]))];
        }
        return [key, withoutProse(value)];
      }),
  );
}

function typesInUse(): { readonly resource: ReadonlySet<string>; readonly data: ReadonlySet<string> } {
  const used = { resource: new Set<string>(), data: new Set<string>() };
  for (const file of globSync(CONFIGURATION, { cwd: ROOT })) {
    for (const [, kind, type] of readFileSync(join(ROOT, file), 'utf8').matchAll(TYPE)) {
      if (type !== undefined) used[kind === 'data' ? 'data' : 'resource'].add(type);
    }
  }
  return used;
}

function pick(schemas: Json | undefined, wanted: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    Object.entries(isObject(schemas) ? schemas : {})
      .filter(([type]) => wanted.has(type))
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([type, schema]) => [type, withoutProse(schema)]),
  );
}

const { values } = parseArgs({ options: { input: { type: 'string' } } });
if (values.input === undefined) throw new Error('usage: reduce-terraform-schemas.ts --input <folder>');
const used = typesInUse();
const found = new Set<string>();
mkdirSync(OUTPUT, { recursive: true });
for (const { file, ...source } of PROVIDERS) {
  const printed = JSON.parse(readFileSync(join(values.input, file), 'utf8')) as JsonObject;
  const all = isObject(printed.provider_schemas) ? Object.values(printed.provider_schemas)[0] : printed;
  if (!isObject(all)) throw new Error(`${file} holds no provider's schema`);
  const resources = pick(all.resource_schemas, used.resource);
  const dataSources = pick(all.data_source_schemas, used.data);
  for (const type of [...Object.keys(resources), ...Object.keys(dataSources)]) found.add(type);
  const reduced = {
    source: { ...source, reducedBy: 'scripts/reduce-terraform-schemas.ts' },
    provider: withoutProse(all.provider ?? null),
    resources,
    dataSources,
  };
  const name = source.provider.split('/')[1] ?? source.provider;
  writeFileSync(join(OUTPUT, `${name}.json`), `${JSON.stringify(reduced, undefined, 1)}\n`);
}
const missing = [...used.resource, ...used.data].filter(type => !found.has(type) && !type.startsWith('terraform_'));
if (missing.length > 0) {
  console.error(`No schema has ${missing.join(', ')}: take the schema of a newer version, or mend the name.`);
  process.exitCode = 1;
}
