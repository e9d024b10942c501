import * as z from 'zod/mini';

/** A user of the company's telephone system. Their state is kept for operators; it is not searched. */
export const TeamMember = z.object({
  userId: z.string().check(z.minLength(1)),
  name: z.optional(z.string()),
  /** The vendor's word for whether they can be called. */
  availability: z.optional(z.string()),
  connected: z.optional(z.boolean()),
  open: z.optional(z.boolean()),
  wrappingUp: z.optional(z.boolean()),
});
export type TeamMember = z.infer<typeof TeamMember>;
