import { readFile } from 'node:fs/promises';
import { err, ok } from '@innkeeper/shared/result/result';
import { parse } from 'yaml';
import * as z from 'zod';
import type { SwarmFile } from '../ports/swarm-file.ts';

const Encrypted = z.object({
  swarm_secrets: z.record(z.string(), z.string()),
  sops: z.object({ lastmodified: z.iso.datetime() }),
});

/** sops notes of each value what YAML took it for: `type:str` is text. */
const OTHER_TYPE = /^ENC\[.*,type:(?!str\])\w+\]$/u;

/** Decrypts nothing. */
export function sopsSwarmFile(path: string): SwarmFile {
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text === undefined) return ok(undefined);
      const parsed = Encrypted.safeParse(parseYaml(text));
      if (!parsed.success) return err(`${path} is not written by sops. Next: secrets/README.md, "The first time".`);
      const { swarm_secrets: secrets, sops } = parsed.data;
      const set = Object.entries(secrets).filter(([, value]) => value !== '');
      return ok({
        names: set.map(([name]) => name),
        modifiedAtMs: Date.parse(sops.lastmodified),
        inTheClear: set.flatMap(([name, value]) => (value.startsWith('ENC[') ? [] : [name])),
        notText: set.flatMap(([name, value]) => (OTHER_TYPE.test(value) ? [name] : [])),
      });
    },
  };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined; // Its words would quote the text, and the text may be in the clear.
  }
}
