import { resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * Writes what the image holds besides Node: a module for each command. Node strips types from no file below
 * `node_modules`, where our shared package lies, so everything is in one piece.
 *
 *   node services/sync-app/scripts/build-image-content.ts FOLDER
 */
const PACKAGE = resolve(import.meta.dirname, '..');
const COMMANDS = ['backfill', 'erase', 'reconcile', 'replay', 'rocketchat', 'webhooks'];

/** The packages' CommonJS asks for Node's own modules with `require`, and some for the place where they stand. */
const COMMONJS = `import { createRequire as makeRequire } from 'node:module';
import { dirname as directoryOf } from 'node:path';
import { fileURLToPath as pathOf } from 'node:url';
const require = makeRequire(import.meta.url);
const __filename = pathOf(import.meta.url);
const __dirname = directoryOf(__filename);`;

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
  banner: { js: COMMONJS },
});
