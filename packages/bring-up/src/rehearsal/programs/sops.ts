import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ProgramRun } from '@innkeeper/deployment/testing/cloud-world';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { type ProgramCall, refused, said } from './account.ts';

const File = z.object({
  swarm_secrets: z.record(z.string(), z.string()),
  sops: z.object({ lastmodified: z.string() }).optional(),
});
const HIDDEN = 'ENC[AES256_GCM,data:nothing,type:str]';

/** sops as it treats a file of ours: names stay, no value is seen, and what it has not written it does not open. */
export function sops({ args, cwd }: ProgramCall): ProgramRun {
  const [verb, ...words] = args;
  if (verb === '--version') return said('sops, in a rehearsal\n');
  const path = resolve(cwd, words.at(-1) ?? '');
  const { swarm_secrets: secrets, sops: own } = File.parse(parse(readFileSync(path, 'utf8')));
  const write = (value: (old: string) => string): ProgramRun => {
    const values = Object.entries(secrets).map(([name, old]) => [name, value(old)]);
    const file = {
      swarm_secrets: Object.fromEntries(values) as object,
      sops: { lastmodified: new Date().toISOString() },
    };
    writeFileSync(path, stringify(file));
    return said('');
  };
  const options = words.slice(0, -1).join(' ');
  if (verb === 'encrypt' && options === '--in-place') {
    return own === undefined ? write(old => (old === '' ? '' : HIDDEN)) : refused('file already encrypted');
  }
  if (own === undefined) return refused('sops metadata not found');
  // Somebody fills in everything in the editor.
  if (verb === 'edit' && options === '') return write(() => HIDDEN);
  if (verb !== 'decrypt' || options !== '--output-type json') return refused(`not understood: ${args.join(' ')}`);
  const shown = Object.keys(secrets).map(name => [name, `rehearsed-${name}`]);
  return said(JSON.stringify({ swarm_secrets: Object.fromEntries(shown) as object }));
}
