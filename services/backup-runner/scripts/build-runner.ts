import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { REQUIRE } from '@innkeeper/shared/bundling/commonjs-in-module';
import { build } from 'esbuild';
import * as z from 'zod';

/**
 * Makes `backup-runner.mjs`, the whole runner in one file that needs nothing but Node: this is what goes into the
 * snapshot. Its version is the package's.
 *
 *   node services/backup-runner/scripts/build-runner.ts FILE
 */
const PACKAGE = resolve(import.meta.dirname, '..');

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: build-runner.ts FILE');

const manifest = readFileSync(resolve(PACKAGE, 'package.json'), 'utf8');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));

await build({
  entryPoints: [resolve(PACKAGE, 'src/main.ts')],
  outfile: resolve(file),
  absWorkingDir: PACKAGE,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  define: { RUNNER_VERSION: JSON.stringify(version) },
  minifyWhitespace: true,
  minifySyntax: true,
  // A stack trace quotes the line it comes from.
  lineLimit: 120,
  keepNames: true,
  legalComments: 'linked',
  tsconfigRaw: {},
  logLevel: 'warning',
  banner: { js: REQUIRE },
});
