import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import * as z from 'zod';
import { openOpsDocuments } from '../../supervisor/ops-documents.ts';
import type { StackFile } from '../../supervisor/stack-file.ts';
import type { StackHome } from '../../supervisor/stack-home.ts';
import { runOperatorCommand } from './operator-command.ts';

/** The night as its operator sees it: the scheduler's call, the run's document, the bill of servers, the vault. */
export interface NightShiftStage {
  /** What the scheduler does at half past two. */
  launch(): Promise<{ readonly runId: string; readonly started: boolean }>;
  /** Follows a run until it is over, or `undefined` when it is not after `patienceMs`. */
  follow(runId: string, patienceMs: number, onState: (run: BackupRun) => void): Promise<BackupRun | undefined>;
  /** Names of the servers that are on the bill at this moment. */
  servers(): Promise<readonly string[]>;
  /** What the bot writes into the operators' room about a run, within `patienceMs`. */
  message(runId: string, patienceMs: number): Promise<string | undefined>;
  /** `./dev restore …`; its exit code and what it printed. */
  restore(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }>;
  /** Some file of the company's file store: its path there, and its bytes. */
  anyFile(): { readonly path: string; readonly bytes: Buffer };
}

const POLL_MS = 100;

const Launched = z.object({ runId: z.string(), started: z.boolean() });
const Servers = z.object({ servers: z.array(z.object({ name: z.string() })) });
const Messages = z.object({ messages: z.array(z.object({ msg: z.string() })) });

export function openNightShift(stack: StackFile, home: StackHome): NightShiftStage {
  const { rocketchat } = stack.components;
  const store = openOpsDocuments(stack);
  const filer = home.state('filer');

  return {
    async launch() {
      const reply = await fetch(stack.endpoints.backupLaunch.url, { method: 'POST' });
      return Launched.parse(await reply.json());
    },
    async follow(runId, patienceMs, onState) {
      const since = performance.now();
      while (performance.now() - since < patienceMs) {
        const found = await store.getAll([`backups/${runId}`]);
        const run = BackupRun.safeParse(found.ok ? found.value[0]?.fields : undefined).data;
        if (run !== undefined) {
          onState(run);
          if (run.state === 'done' || run.state === 'failed') return run;
        }
        await pause(POLL_MS);
      }
      return undefined;
    },
    async servers() {
      const { url, token } = stack.components.hetzner;
      const reply = await fetch(`${url}/servers`, { headers: { authorization: `Bearer ${token}` } });
      return Servers.parse(await reply.json()).servers.map(({ name }) => name);
    },
    async message(runId, patienceMs) {
      const since = performance.now();
      const headers = { 'x-user-id': rocketchat.userId, 'x-auth-token': rocketchat.authToken };
      while (performance.now() - since < patienceMs) {
        const reply = await fetch(`${rocketchat.url}/api/v1/channels.messages?roomId=GENERAL&count=50`, { headers });
        const found = Messages.safeParse(await reply.json()).data?.messages.find(({ msg }) => msg.includes(runId));
        if (found !== undefined) return found.msg;
        await pause(POLL_MS);
      }
      return undefined;
    },
    restore: args => runOperatorCommand(home, 'services/backup-runner/restore/main.ts', args),
    anyFile() {
      const files = readdirSync(filer, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
      const entry = files.find(({ name }) => name.endsWith('.jpg'));
      if (entry === undefined) throw new Error('the company has no files');
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(filer.length), bytes: readFileSync(path) };
    },
  };
}
