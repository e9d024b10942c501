import { runCommand } from '../command-line/run-command.ts';
import { performRocketChat } from './perform-rocketchat.ts';
import { readRocketChatOrder } from './read-rocketchat-order.ts';

/** `pnpm rocketchat`: what is asked, done and answered; see `read-rocketchat-order.ts`. */
await runCommand({ name: 'rocketchat', read: readRocketChatOrder, perform: performRocketChat });
