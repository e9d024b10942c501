import type { Check } from '../check.ts';
import { ANSIBLE } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import type { Prepared } from '../toolchain/prepare.ts';

/** `ansible-lint`, profile production, with nothing that is only warned of. */
export const lint = ({ programs }: Prepared): Check => ({
  name: 'lint',
  run: async () => {
    const { exitCode, stdout, stderr } = await runProgram(
      'ansible-lint',
      ['--offline', '--format', 'pep8', '--nocolor'],
      {
        cwd: ANSIBLE,
        environment: { PATH: `${programs}:${process.env['PATH'] ?? ''}` },
      },
    );
    const summary = /(\d+) files processed/u.exec(stderr)?.[1] ?? 'unknown';
    return {
      seen: `ansible-lint, profile production: ${summary} files`,
      problems: exitCode === 0 ? [] : [stdout.trim() === '' ? stderr.trim() : stdout.trim()],
    };
  },
});
