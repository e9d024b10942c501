import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { functionBundler } from '@innkeeper/deployment/functions/bundle-function';
import type { Manifest } from '@innkeeper/deployment/functions/manifest';
import type { Tried } from './tried.ts';

/** Bundles each function's source as it is uploaded, and has Node read the result. The same for every environment. */
export async function dryRunFunctions(root: string, manifest: Manifest): Promise<Tried[]> {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-dry-run-'));
  const bundleFunction = functionBundler({ root, folder });
  const tried: Tried[] = [];
  try {
    for (const source of new Set(Object.values(manifest).map(entry => entry.source))) {
      const name = source.replace('functions/', '');
      const functions = Object.entries(manifest).filter(([, entry]) => entry.source === source);
      const what = `functions ${functions.map(([id]) => id).join(', ')}`;
      const bundled = await bundleFunction({ source, name, variables: {}, settings: {} });
      const result = bundled.ok
        ? await read(join(bundled.value.folder, 'index.js'))
        : { problem: bundled.error.sentence };
      tried.push({ environment: 'all', what, ...result });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return tried;
}

async function read(file: string): Promise<Pick<Tried, 'size' | 'problem'>> {
  try {
    await promisify(execFile)(process.execPath, ['--check', file]);
    return { size: `${Math.ceil((await stat(file)).size / 1024)} KiB` };
  } catch (error) {
    return { problem: String((error as { stderr?: string }).stderr ?? error) };
  }
}
