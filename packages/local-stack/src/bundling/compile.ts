import path from 'node:path';
import type { BuildOptions } from 'esbuild';

/**
 * One bundle by esbuild, in memory; rejects with esbuild's words. The compiler is neither loaded before the first call
 * nor left running after the last: idle, it holds more memory than most processes of the local stack.
 */
export async function compile(
  entry: string,
  options: BuildOptions,
): Promise<{ readonly code: string; readonly sources: readonly string[] }> {
  const { build, stop } = await import('esbuild');
  const directory = path.dirname(entry);
  underWay += 1;
  try {
    const { outputFiles, metafile } = await build({
      keepNames: true,
      ...options,
      entryPoints: [entry],
      absWorkingDir: directory,
      bundle: true,
      format: 'esm',
      write: false,
      metafile: true,
      logLevel: 'silent', // Failures are thrown with their text.
    });
    const [output] = outputFiles;
    if (output === undefined) throw new Error(`esbuild made nothing of ${entry}`);
    return { code: output.text, sources: Object.keys(metafile.inputs).map(file => path.resolve(directory, file)) };
  } finally {
    underWay -= 1;
    if (underWay === 0) await stop();
  }
}

let underWay = 0;
