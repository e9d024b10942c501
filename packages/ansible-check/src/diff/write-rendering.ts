import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { HOLDERS } from '../checks/render.ts';
import { ENVIRONMENTS } from '../folders.ts';
import { renderEnvironment } from '../servers/render-environment.ts';
import { missingPrograms } from '../toolchain/demand-programs.ts';
import { prepare } from '../toolchain/prepare.ts';

/**
 * Step of scripts/generate-diff.sh: writes what the playbooks of a folder write for an environment, but no file that
 * holds a secret by its nature. Ends with 1 when they fail, 2 when this machine lacks something.
 */
const { environment, ansible, output } = z
  .object({ environment: z.enum(ENVIRONMENTS), ansible: z.string(), output: z.string() })
  .parse(
    parseArgs({ options: { environment: { type: 'string' }, ansible: { type: 'string' }, output: { type: 'string' } } })
      .values,
  );
const missing = await missingPrograms();
if (missing.length > 0) {
  console.error(missing.join('\n'));
  process.exitCode = 2;
} else process.exitCode = await write();

async function write(): Promise<0 | 1> {
  const prepared = await prepare(line => console.error(line));
  const rendered = await renderEnvironment(prepared, environment, ansible);
  if (!rendered.ok) {
    console.error(rendered.error);
    return 1;
  }
  for (const [file, content] of [...rendered.value.files].filter(([name]) => !HOLDERS.test(name))) {
    await mkdir(dirname(join(output, file)), { recursive: true });
    await writeFile(join(output, file), content);
  }
  return 0;
}
