import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSchemas } from '@innkeeper/terraform-check/schema/read-schemas';
import { expect, it } from 'vitest';

/** Providers whose minor versions are not to be trusted are used in the one whose schema is checked. */
const TEXT = readFileSync(join(import.meta.dirname, '../../terraform/composition/providers.tf'), 'utf8');
const CONSTRAINT = /source\s*=\s*"([^"]+)"\s+version\s*=\s*"~> (\d+\.\d+)\.\d+"/gu;

it('holds Cloudflare and Hetzner at the minor versions whose schemas are checked', () => {
  const held = new Map([...TEXT.matchAll(CONSTRAINT)].map(([, provider, minor]) => [provider, minor]));
  const checked = readSchemas()
    .map(({ source }): [string, string] => [source.provider, source.version.split('.').slice(0, 2).join('.')])
    .filter(([provider]) => /^(?:cloudflare|hetznercloud)\//u.test(provider));
  expect(checked).toHaveLength(2);
  expect(held).toEqual(new Map(checked));
});
