import type { HetznerApi } from './hetzner-api.ts';
import { type ActionReply, ActionsReply } from './responses.ts';

const POLL_MS = 1000; // as the vendor's own clients do
const POLLS_MAX = 45; // a server takes 10 to 30 s
const WAIT_MAX_MS = 90_000; // however slow the answers are: the caller's own request must end

/**
 * Follows actions for a bounded time. `undefined` when they succeeded, and when they are still running or cannot be
 * read: then the server's own first word, or its absence, decides. Otherwise the action that failed.
 */
export async function awaitActions(
  world: { readonly api: HetznerApi; readonly pause: (ms: number) => Promise<void>; readonly now: () => Date },
  started: readonly ActionReply[],
): Promise<ActionReply | undefined> {
  const giveUpAt = world.now().getTime() + WAIT_MAX_MS;
  let actions = started;
  for (let poll = 0; ; poll++) {
    const failed = actions.find(({ status }) => status === 'error');
    if (failed !== undefined) return failed;
    const isOver = poll === POLLS_MAX || world.now().getTime() > giveUpAt;
    if (isOver || actions.every(({ status }) => status === 'success')) return undefined;
    await world.pause(POLL_MS);
    const query = new URLSearchParams(actions.map(({ id }): [string, string] => ['id', String(id)]));
    const read = await world.api.read('/actions', query, ActionsReply);
    if (!read.ok) return undefined;
    ({ actions } = read.value);
  }
}
