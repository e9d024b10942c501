import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * Reduces cloud-init's schema of user_data to the modules that a backup server is told with, without prose; a key of
 * another module fits no longer. Run by hand when the snapshot's cloud-init changes:
 *   apt-get download cloud-init && dpkg-deb -x cloud-init_*.deb unpacked
 *   node scripts/reduce-cloud-config-schema.ts --input <schema-cloud-config-v1.json> --version <of the package>
 */
const OUTPUT = new URL('../packages/local-stack/specs/cloud-config.json', import.meta.url);
const MODULES = ['cc_write_files', 'cc_runcmd', 'cc_ssh', 'cc_set_passwords', 'cc_package_update_upgrade_install'];
const PROSE = new Set(['description', 'default', 'deprecated', 'label', 'changed']);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Module {
  readonly properties: Record<string, Json>;
}

function withoutProse(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (schema === null || typeof schema !== 'object') return schema;
  const kept = Object.entries(schema).filter(([key]) => !PROSE.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      // Below `properties` a key is the name of one.
      key === 'properties' && value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([name, property]) => [name, withoutProse(property)]))
        : withoutProse(value),
    ]),
  );
}

const { values } = parseArgs({ options: { input: { type: 'string' }, version: { type: 'string' } } });
if (values.input === undefined || values.version === undefined) {
  throw new Error('usage: reduce-cloud-config-schema.ts --input <schema-cloud-config-v1.json> --version <package>');
}
const { $defs } = JSON.parse(readFileSync(values.input, 'utf8')) as { $defs: Record<string, Module> };
const properties = Object.assign(
  {},
  ...MODULES.map(name => {
    const module = $defs[name];
    if (module === undefined) throw new Error(`the schema has no module ${name}`);
    return module.properties;
  }),
) as Record<string, Json>;

const source = {
  from: 'Debian package cloud-init, /usr/lib/python3/dist-packages/cloudinit/config/schemas/schema-cloud-config-v1.json',
  version: values.version,
  licence: 'Apache-2.0 or GPL-3.0',
  modules: MODULES,
  reducedBy: 'scripts/reduce-cloud-config-schema.ts',
};
const schema = withoutProse({ type: 'object', properties, additionalProperties: false });
writeFileSync(OUTPUT, `${JSON.stringify({ source, schema }, undefined, 1)}\n`);
