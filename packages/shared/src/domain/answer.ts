import * as z from 'zod/mini';
import { Instant } from './local-time.ts';

/** A source a person recognises: "booking HMX4", "call 14:05". `key` is the document's key, e.g. `guesty:reservation:…`. */
export const SourceRef = z.object({ key: z.string(), label: z.string() });
export type SourceRef = z.infer<typeof SourceRef>;

export const Answer = z.object({
  /** Rocket.Chat Markdown. First part goes to the thread, the rest follows as further parts of ≤ 5,000 characters. */
  parts: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  sources: z.array(SourceRef),
  /** Who wrote the words. */
  author: z.enum(['code', 'model', 'code_model_unavailable']),
  asOf: Instant,
});
export type Answer = z.infer<typeof Answer>;
