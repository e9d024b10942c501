import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../check.ts';
import { play } from '../servers/play.ts';
import type { Prepared } from '../toolchain/prepare.ts';

/**
 * What roles tell databases, in check mode: nobody is asked, so later tasks have no answer to go by and must not need
 * one. A run that ends there shows nothing of what comes after it.
 */
export const checkMode = (prepared: Prepared): Check => ({
  name: 'check mode',
  run: async () => {
    const work = await mkdtemp(join(tmpdir(), 'innkeeper-check-mode-'));
    try {
      const { exitCode, stdout } = await play(prepared, {
        environment: 'prod',
        work,
        playbooks: ['deploy-apps'],
        args: ['--check', '--tags', 'set-up'],
      });
      const skipped = [...stdout.matchAll(/^skipping: \[/gmu)].length;
      return {
        seen: `${skipped} tasks that ask databases`,
        problems: [
          ...(exitCode === 0 ? [] : [stdout.split('\n').slice(-25).join('\n').trim()]),
          ...(exitCode === 0 && skipped === 0 ? ['no task has the tag set-up'] : []),
        ],
      };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
});
