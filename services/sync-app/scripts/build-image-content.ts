import { resolve } from 'node:path';
import { REQUIRE_AND_PLACE } from '@innkeeper/shared/bundling/commonjs-in-module';
import { build } from 'esbuild';

/**
 * Writes what the image holds besides Node: a module for each command. Node strips types from no file below
 * `node_modules`, where our shared package lies, so everything is in one piece.
 *
 *   node services/sync-app/scripts/build-image-content.ts FOLDER
 */
const PACKAGE = resolve(import.meta.dirname, '..');
const COMMANDS = ['backfill', 'erase', 'reconcile', 'replay', 'rocketchat', 'webhooks'];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: build-image-content.ts FOLDER');

await build({
  entryPoints: COMMANDS.map(name => ({ in: resolve(PACKAGE, `src/${name}/main.ts`), out: name })),
  outdir: resolve(folder),
  outExtension: { '.js': '.mjs' },
  absWorkingDir: PACKAGE,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minifyWhitespace: true,
  minifySyntax: true,
  // A stack trace quotes the line it comes from.
  lineLimit: 120,
  keepNames: true,
  legalComments: 'linked',
  tsconfigRaw: {},
  logLevel: 'warning',
  banner: { js: REQUIRE_AND_PLACE },
});
