import * as z from 'zod';

/** A user of the company's telephone system. Their state is kept for operators; it is not searched. */
export const TeamMember = z.object({
  userId: z.string().min(1),
  name: z.string().optional(),
  /** The vendor's word for whether they can be called. */
  availability: z.string().optional(),
  connected: z.boolean().optional(),
  open: z.boolean().optional(),
  wrappingUp: z.boolean().optional(),
});
export type TeamMember = z.infer<typeof TeamMember>;
