import * as z from 'zod/mini';
import type { WireFields } from './value-codec.ts';

/** Answers of Firestore's REST API, as far as they are read here. Values inside `fields` are the codec's to judge. */
const Fields = z.custom<WireFields>(value => typeof value === 'object' && value !== null && !Array.isArray(value));

export const WireDocument = z.object({
  name: z.string(),
  fields: z.optional(Fields),
  createTime: z.string(),
  updateTime: z.string(),
});
export type WireDocument = z.infer<typeof WireDocument>;

export const BatchGetAnswer = z.array(
  z.object({ found: z.optional(WireDocument), missing: z.optional(z.string()), transaction: z.optional(z.string()) }),
);

export const RunQueryAnswer = z.array(z.object({ document: z.optional(WireDocument) }));

export const CommitAnswer = z.object({
  writeResults: z._default(z.array(z.object({ updateTime: z.optional(z.string()) })), []),
});

export const RollbackAnswer = z.object({});
