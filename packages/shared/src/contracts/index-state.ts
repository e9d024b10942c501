import * as z from 'zod';

/** What of a document is in Qdrant. Kept apart from the document, so that writing it triggers nothing. Key: the document's key. */
export const IndexState = z.object({
  v: z.literal(1),
  docKey: z.string(),
  /** Document update time (µs) that the points reflect. */
  srcVersion: z.int(),
  /** Revision of text building and chunking. */
  pipelineRevision: z.int().positive(),
  contentHash: z.string(),
  chunks: z.int().nonnegative(),
  model: z.string(),
  /** False while the points wait for their dense vector. */
  dense: z.boolean(),
  deleted: z.boolean(),
  indexedAt: z.iso.datetime(),
  /** A person finds the document in `parked`; its next success takes it away from there. */
  parked: z.boolean().optional(),
});
export type IndexState = z.infer<typeof IndexState>;
