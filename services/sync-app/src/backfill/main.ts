import { runCommand } from '../command-line/run-command.ts';
import { performBackfill } from './perform-backfill.ts';
import { readBackfillOrder } from './read-backfill-order.ts';

/** `pnpm backfill`: what is asked, done and answered; see `read-backfill-order.ts`. */
await runCommand({ name: 'backfill', read: readBackfillOrder, perform: performBackfill });
