/**
 * First lines of a bundle that is an ES module and holds CommonJS packages, which ask for Node's own modules with
 * `require`: esbuild's `banner`. The double underscores are for esbuild, which knows nothing of these names and keeps
 * those of the sources. Text alone, for Node 24.
 */
export const REQUIRE = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);`;

/** For packages that also look for what lies beside them. */
export const REQUIRE_AND_PLACE = `${REQUIRE}
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;
