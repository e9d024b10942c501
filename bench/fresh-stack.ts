import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScreen } from '@innkeeper/local-stack/demo/screen/screen';
import type { SearchIndexStage } from '@innkeeper/local-stack/demo/stage/search-index';
import { setStage } from '@innkeeper/local-stack/demo/stage/set-stage';
import type { Stage } from '@innkeeper/local-stack/demo/stage/stage';
import { loadBooks } from '@innkeeper/local-stack/demo/story/load-books';
import { buildWorld } from '@innkeeper/local-stack/demo/world/build-world';
import type { World } from '@innkeeper/local-stack/demo/world/world';
import { openSecrets, type StackSecrets } from '@innkeeper/local-stack/supervisor/secrets';
import type { StackFile } from '@innkeeper/local-stack/supervisor/stack-file';
import { type RunningStack, startStack } from '@innkeeper/local-stack/supervisor/start-stack';

/** A whole stack of its own, on stand-ins only, that knows one small company. */
export interface FreshStack {
  readonly running: RunningStack;
  readonly file: StackFile;
  readonly secrets: StackSecrets;
  readonly world: World;
  readonly chat: Stage['chat'];
  readonly index: SearchIndexStage;
  /** From the start until every part was well. */
  readonly readyMs: number;
}

const SEED = 1;

/** The stack is stopped and forgotten when `measure` is done or fails. */
export async function onFreshStack<T>(
  tell: (line: string) => void,
  measure: (stack: FreshStack) => Promise<T>,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'innkeeper-bench-'));
  const since = performance.now();
  const environment = { INNKEEPER_HOME: root, RESTIC_BINARY: process.env['RESTIC_BINARY'] };
  const running = await startStack({ environment, fresh: true, tell: () => {} });
  try {
    const readyMs = performance.now() - since;
    tell(`a stack of its own is ready after ${(readyMs / 1000).toFixed(1)} s`);
    const file = running.stack();
    const world = buildWorld(SEED, new Date());
    const stage = await setStage(running, world, createScreen(process.stdout));
    await loadBooks(stage);
    const secrets = await openSecrets(running.home.secretsFile);
    return await measure({ running, file, secrets, world, chat: stage.chat, index: stage.index, readyMs });
  } finally {
    await running.stop();
    rmSync(root, { recursive: true, force: true });
  }
}
