import * as z from 'zod/mini';
import { ChatUtterance } from '../payload.ts';

/** A message the assistant may be meant by, as the edge hands it to its conversation. Survives in durable storage. */
export const OfferedQuestion = z.object({
  utterance: ChatUtterance,
  by: z.enum(['mention', 'word', 'direct', 'follow_up']),
  /** The text without mention or word. */
  question: z.string(),
  textHash: z.string(),
  /** Milliseconds since the epoch. */
  acceptedAt: z.number(),
});
export type OfferedQuestion = z.infer<typeof OfferedQuestion>;
