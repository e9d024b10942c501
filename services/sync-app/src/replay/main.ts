import { runCommand } from '../command-line/run-command.ts';
import { performReplay } from './perform-replay.ts';
import { readReplayOrder } from './read-replay-order.ts';

/** `pnpm replay`: what is asked, done and answered; see `read-replay-order.ts`. */
await runCommand({ name: 'replay', read: readReplayOrder, perform: performReplay });
