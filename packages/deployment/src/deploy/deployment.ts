import * as z from 'zod';
import { ENVIRONMENTS } from '../environment/environment-values.ts';
import { ContractVersions } from '../version-skew/contracts.ts';
import { STAGES } from './stages.ts';

export const OUTCOMES = ['healthy', 'rolled_back', 'failed', 'rollback_failed'] as const;

/** A deployment as its journal keeps it: who, what, how far, and what served before. No secrets. */
export const Deployment = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  environment: z.enum(ENVIRONMENTS),
  who: z.string(),
  commit: z.string(),
  startedAt: z.iso.datetime(),
  /** Renewed by every write: whoever writes nothing until then counts as gone. */
  expiresAt: z.iso.datetime(),
  /** Counts the writes of this deployment, so that one whose answer was lost is known again. */
  sequence: z.int().nonnegative(),
  stages: z.array(z.enum(STAGES)),
  direction: z.enum(['forward', 'back']),
  /** Ids of steps. */
  done: z.array(z.string()),
  /** Targets that may serve something else than `before`: noted before the change is begun. */
  open: z.array(z.string()),
  /** Targets that could not be taken back in this deployment. */
  stuck: z.array(z.string()),
  /** By target what served when all was well; null where nothing did. */
  before: z.record(z.string(), z.string().nullable()),
  after: z.record(z.string(), z.string()),
  /** Commit of the Swarm's stacks that were last known to be well. */
  swarmCommit: z.string().optional(),
  /** By stage, the numbers of contracts of the commit that was last well there. */
  contracts: z.partialRecord(z.enum(STAGES), ContractVersions),
  warnings: z.array(z.string()),
  failure: z.strictObject({ stage: z.enum(STAGES), sentence: z.string(), nextStep: z.string() }).optional(),
  outcome: z.enum(OUTCOMES).optional(),
});
export type Deployment = z.infer<typeof Deployment>;
