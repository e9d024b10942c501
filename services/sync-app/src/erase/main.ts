import { runCommand } from '../command-line/run-command.ts';
import { performErase } from './perform-erase.ts';
import { readEraseOrder } from './read-erase-order.ts';

/** `pnpm erase`: what is asked, done and answered; see `read-erase-order.ts`. */
await runCommand({ name: 'erase', read: readEraseOrder, perform: performErase });
