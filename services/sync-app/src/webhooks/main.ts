import { runCommand } from '../command-line/run-command.ts';
import { performWebhooks } from './perform-webhooks.ts';
import { readWebhooksOrder } from './read-webhooks-order.ts';

/** `pnpm webhooks`: what is asked, done and answered; see `read-webhooks-order.ts`. */
await runCommand({ name: 'webhooks', read: readWebhooksOrder, perform: performWebhooks });
