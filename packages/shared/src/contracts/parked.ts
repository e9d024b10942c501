import * as z from 'zod';

/** What could not be processed, where a person sees it: document `parked/<id>`. Never the payload, only where it is. */
export const Parked = z.object({
  v: z.literal(1),
  /** Deployable that gave up. */
  by: z.string(),
  /** snake_case fact. */
  reason: z.string(),
  /** One sentence without payload, safe to show. */
  detail: z.string(),
  /** Where the thing itself is: `events/<id>`, `records/<key>`, `r2:<key>`, `mongodb:<collection>/<id>`. */
  subject: z.string(),
  attempts: z.int().nonnegative(),
  parkedAt: z.iso.datetime(),
});
export type Parked = z.infer<typeof Parked>;
