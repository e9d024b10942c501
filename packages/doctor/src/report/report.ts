import * as z from 'zod';
import { GROUPS, URGENCIES } from './finding.ts';

/** What `--json` prints. A field may be added within version 1; none is renamed, retyped or removed. */
export const DoctorReport = z.object({
  v: z.literal(1),
  environment: z.string(),
  askedAt: z.iso.datetime(),
  /** Where something else than the environment's own addresses was asked, and why. */
  notes: z.array(z.string()),
  counts: z.object({ well: z.int(), unwell: z.int(), notAsked: z.int() }),
  findings: z.array(
    z.object({
      /** `group/check` or `group/check/subject`. */
      id: z.string(),
      group: z.enum(GROUPS),
      title: z.string(),
      verdict: z.enum(['well', 'unwell', 'not_asked']),
      /** What was read, in words for people: not to be parsed. */
      figure: z.string(),
      nextStep: z.string().optional(),
      /** Of what is unwell. */
      urgency: z.enum(URGENCIES).optional(),
    }),
  ),
  /** Most urgent first. */
  nextSteps: z.array(
    z.object({ urgency: z.enum([...URGENCIES, 'later']), step: z.string(), findings: z.array(z.string()) }),
  ),
});
export type DoctorReport = z.infer<typeof DoctorReport>;
