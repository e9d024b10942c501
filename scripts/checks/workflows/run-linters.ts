import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Linters } from './prepare-linters.ts';

/**
 * What actionlint (with shellcheck on every `run`) and zizmor say. Both are offline; zizmor judges as strictly as it
 * can, and `.github/zizmor.yml` says what is overlooked and why.
 */
export async function runLinters(root: string, files: readonly string[], linters: Linters): Promise<string[]> {
  const workflows = files.filter(file => file.startsWith('.github/workflows/'));
  const [syntax, security] = await Promise.all([
    run(root, linters.actionlint, ['-oneline', '-ignore', QUEUE, ...workflows]),
    run(root, linters.zizmor, ['--offline', '--quiet', '--persona', 'pedantic', '--format', 'github', '.github']),
  ]);
  return [...syntax.split('\n').filter(line => line !== ''), ...problemsOfZizmor(security)];
}

/** GitHub has had it since May 2026, which actionlint does not know; `houseRules` looks at its value. */
const QUEUE = 'unexpected key "queue" for "concurrency" section';

function problemsOfZizmor(output: string): string[] {
  return output.split('\n').flatMap(line => {
    if (line === '') return [];
    const told = /^::\w+ file=(?<file>[^,]+),line=(?<line>\d+),title=(?<title>[^:]+)::\S+ (?<text>.*)$/u.exec(
      line,
    )?.groups;
    return [told === undefined ? line : `${told['file']}:${told['line']}: ${told['text']} [zizmor ${told['title']}]`];
  });
}

/** Standard output; with what is found both end with an error, and with one of their own they say nothing there. */
async function run(cwd: string, program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { cwd, env: { ...process.env, NO_COLOR: '1' } });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return stdout === '' ? `${program} failed: ${stderr.trim() || String(error)}` : stdout;
  }
}
