import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import * as z from 'zod';

/**
 * What the assistant calls of Rocket.Chat, in memory and in virtual time, with its limit: 10 calls per endpoint and
 * 60 s, counted in windows that open with the first call, refused calls included.
 */
export interface CountedChatServer {
  /** For one process. `step` is awaited before a call arrives and after it was carried out: the process may end there. */
  readonly fetchFor: (step: () => Promise<void>) => Fetch;
  /** By message id; when it came first. */
  readonly messages: ReadonlyMap<string, { readonly text: string; readonly at: number }>;
  readonly marked: ReadonlySet<string>;
  /** When each call arrived, by endpoint. */
  readonly arrivals: ReadonlyMap<string, readonly number[]>;
  refusals(): number;
}

const Body = z.object({
  message: z.object({ _id: z.string(), msg: z.string() }).optional(),
  msgId: z.string().default(''),
  text: z.string().default(''),
  messageId: z.string().default(''),
  shouldReact: z.boolean().default(false),
});
const LIMIT = 10;
const INTERVAL_MS = 60_000;
const MARK = ':hourglass_flowing_sand:';

export function countedChatServer(options: {
  readonly now: () => number;
  readonly exemptsBot: boolean;
}): CountedChatServer {
  const messages = new Map<string, { text: string; at: number }>();
  const marked = new Set<string>();
  const arrivals = new Map<string, number[]>();
  const windows = new Map<string, { openedAt: number; calls: number }>();
  let refusals = 0;

  const carryOut = (
    endpoint: string,
    { message, msgId, text, messageId, shouldReact }: z.infer<typeof Body>,
  ): object => {
    switch (endpoint) {
      case 'rooms.info':
        return { success: true, room: { t: 'c' } };
      case 'chat.sendMessage': {
        if (message === undefined || messages.has(message._id)) return { success: true };
        messages.set(message._id, { text: message.msg, at: options.now() });
        return { success: true, message: {} };
      }
      case 'chat.getMessage': {
        const message = { _id: msgId, rid: 'general', msg: '', u: { _id: 'bot' } };
        const reactions = { [MARK]: { usernames: ['innkeeper'] } };
        return { success: true, message: marked.has(msgId) ? { ...message, reactions } : message };
      }
      case 'chat.update': {
        const stored = messages.get(msgId);
        if (stored === undefined) return { success: false, error: `No message found with the id of "${msgId}".` };
        stored.text = text;
        return { success: true };
      }
      default:
        // On a message without reactions `false` sets it as well.
        if (shouldReact || !marked.delete(messageId)) marked.add(messageId);
        return { success: true };
    }
  };

  const count = (endpoint: string): number => {
    const at = options.now();
    arrivals.set(endpoint, [...(arrivals.get(endpoint) ?? []), at]);
    const known = windows.get(endpoint);
    const window = known === undefined || at - known.openedAt >= INTERVAL_MS ? { openedAt: at, calls: 0 } : known;
    window.calls += 1;
    windows.set(endpoint, window);
    return window.calls;
  };

  return {
    messages,
    marked,
    arrivals,
    refusals: () => refusals,
    fetchFor: step => async (url, init) => {
      const { pathname, searchParams } = new URL(url);
      const endpoint = pathname.replace('/api/v1/', '');
      const sent =
        typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : Object.fromEntries(searchParams);
      await step();
      const calls = count(endpoint);
      if (!options.exemptsBot && calls > LIMIT) {
        refusals += 1;
        await step();
        return Response.json({ success: false, error: 'You must wait 60 seconds before' }, { status: 429 });
      }
      const reply = carryOut(endpoint, Body.parse(sent));
      await step();
      return Response.json(reply, {
        status: 'error' in reply ? 400 : 200,
        headers: options.exemptsBot ? {} : { 'x-ratelimit-limit': `${LIMIT}` },
      });
    },
  };
}
