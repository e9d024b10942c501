import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveProviders } from '../src/provider/serve-providers.ts';
import { readSchemas } from '../src/schema/read-schemas.ts';
import { createRunTerraform } from '../src/terraform/run-terraform.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Terraform prints what is not said as false, as an empty map, or as plain text without any. */
function withoutDefaults(json: Json): Json {
  if (Array.isArray(json) || json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(([key, value]) => !(key === 'description_kind' && value === 'plain') && value !== false)
      .map(([key, value]): [string, Json] => [key, withoutDefaults(value)])
      .filter(([, value]) => JSON.stringify(value) !== '{}'),
  );
}

test('Terraform reads from the server the schemas that lie here, whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-schemas-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const schemas = readSchemas();
  const required = schemas.map(({ source: { provider } }) => `${provider.split('/')[1]} = { source = "${provider}" }`);
  writeFileSync(
    join(folder, 'main.tf'),
    `terraform {\n  required_providers {\n    ${required.join('\n    ')}\n  }\n}\n`,
  );
  const { reattach, stop } = await serveProviders();
  onTestFinished(stop);
  const { stdout } = await createRunTerraform(reattach)(folder, ['providers', 'schema', '-json']);
  const printed = JSON.parse(stdout) as { provider_schemas: Record<string, Record<string, Json>> };
  for (const { source, provider, resources, dataSources } of schemas) {
    const served = printed.provider_schemas[`registry.terraform.io/${source.provider}`] ?? {};
    const expected = (schema: unknown): Json => withoutDefaults(JSON.parse(JSON.stringify(schema)) as Json);
    expect(withoutDefaults(served.provider ?? null)).toEqual(expected(provider));
    expect(withoutDefaults(served.resource_schemas ?? {})).toEqual(expected(resources));
    expect(withoutDefaults(served.data_source_schemas ?? {})).toEqual(expected(dataSources));
  }
});
