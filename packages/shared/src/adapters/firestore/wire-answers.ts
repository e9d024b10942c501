import * as z from 'zod';
import type { WireFields } from './value-codec.ts';

/** Answers of Firestore's REST API, as far as they are read here. Values inside `fields` are the codec's to judge. */
const Fields = z.custom<WireFields>(value => typeof value === 'object' && value !== null && !Array.isArray(value));

export const WireDocument = z.object({
  name: z.string(),
  fields: Fields.optional(),
  createTime: z.string(),
  updateTime: z.string(),
});
export type WireDocument = z.infer<typeof WireDocument>;

export const BatchGetAnswer = z.array(
  z.object({ found: WireDocument.optional(), missing: z.string().optional(), transaction: z.string().optional() }),
);

export const RunQueryAnswer = z.array(z.object({ document: WireDocument.optional() }));

export const CommitAnswer = z.object({
  writeResults: z.array(z.object({ updateTime: z.string().optional() })).default([]),
});

export const RollbackAnswer = z.object({});
