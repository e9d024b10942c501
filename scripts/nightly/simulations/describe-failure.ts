import type { Finding } from '@innkeeper/github-reports/issues/finding';
import { stripSecrets } from '@innkeeper/github-reports/text/strip-secrets';
import { codeBlock } from '../../workflows/findings/code-block.ts';
import { commandOf, type Simulation } from './simulation.ts';

export interface Failure {
  readonly seed: number;
  /** Undefined when it had not ended by itself in time. */
  readonly exitCode: number | undefined;
  /** The last lines it printed. */
  readonly output: readonly string[];
}

/** Pure. The key holds no seed: a simulation that fails under another seed tomorrow is the same matter. */
export function describeFailure(simulation: Simulation, { seed, exitCode, output }: Failure): Finding {
  const { name, minutesMax } = simulation;
  const ended = exitCode === undefined ? `did not end within ${minutesMax} minutes` : `ended with ${exitCode}`;
  return {
    key: name,
    title: `${name} fails`,
    body: stripSecrets(
      [
        `\`${name}\` ${ended} under seed ${seed}. The same again:`,
        '',
        codeBlock(commandOf(simulation, seed).join(' '), 'sh'),
        '',
        'The end of what it printed:',
        '',
        codeBlock(output.join('\n'), 'text'),
      ].join('\n'),
    ),
  };
}
