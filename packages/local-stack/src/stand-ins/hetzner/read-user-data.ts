import { Ajv } from 'ajv';
import { parse } from 'yaml';
import * as z from 'zod';
import specification from '../../../specs/cloud-config.json' with { type: 'json' };

/**
 * user_data as cloud-init reads it: `#cloud-config` YAML that fits the published schema. Of its modules, `write_files`
 * and `runcmd` mean something here. Pure.
 */
export type UserData =
  | { readonly ok: true; readonly files: readonly WrittenFile[]; readonly commands: readonly (readonly string[])[] }
  | { readonly ok: false; readonly problem: string };

export interface WrittenFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

const Modules = z.object({
  write_files: z
    .array(
      z.object({
        path: z.string().startsWith('/'),
        content: z.string().default(''),
        permissions: z
          .string()
          .regex(/^0?o?[0-7]{3,4}$/u)
          .default('0644'),
        encoding: z.literal('text/plain').optional(),
      }),
    )
    .default([]),
  /** A text goes through a shell. */
  runcmd: z.array(z.union([z.array(z.string()), z.string().transform(text => ['sh', '-c', text])])).default([]),
});

const fitsSchema = new Ajv({ strict: false, validateFormats: false }).compile(specification.schema);

export function readUserData(userData: string): UserData {
  if (!userData.startsWith('#cloud-config\n')) return { ok: false, problem: 'does not begin with #cloud-config' };
  const document = parseYaml(userData);
  if (!fitsSchema(document)) {
    const [first] = fitsSchema.errors ?? [];
    return { ok: false, problem: `${first?.instancePath ?? ''} ${first?.message ?? 'does not fit the schema'}`.trim() };
  }
  const modules = Modules.safeParse(document);
  if (!modules.success) return { ok: false, problem: z.prettifyError(modules.error) };
  const { write_files: files, runcmd: commands } = modules.data;
  return {
    ok: true,
    commands,
    files: files.map(({ path, content, permissions }) => ({
      path,
      content,
      mode: Number.parseInt(permissions.replace('o', ''), 8),
    })),
  };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return undefined; // Fits no schema.
  }
}
