import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ProviderSchema } from './provider-schema.ts';

/** The schemas that lie in this package, one per provider, sorted by file name. */
const FOLDER = fileURLToPath(new URL('../../schemas/', import.meta.url));

export function readSchemas(): readonly ProviderSchema[] {
  return globSync('*.json', { cwd: FOLDER })
    .sort()
    .map(file => ProviderSchema.parse(JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8'))));
}
