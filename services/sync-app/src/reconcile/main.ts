import { runCommand } from '../command-line/run-command.ts';
import { performReconcile } from './perform-reconcile.ts';
import { readReconcileOrder } from './read-reconcile-order.ts';

/** `pnpm reconcile`: what is asked, done and answered; see `read-reconcile-order.ts`. */
await runCommand({ name: 'reconcile', read: readReconcileOrder, perform: performReconcile });
