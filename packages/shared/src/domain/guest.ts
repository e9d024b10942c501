import * as z from 'zod';
import { GuestId } from './ids.ts';

/** A guest. Phones and e-mails live in the private store only: they are never rendered into text. */
export const Guest = z.object({
  guestId: GuestId,
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  fullName: z.string().optional(),
  phones: z.array(z.string()).default([]),
  emails: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
});
export type Guest = z.infer<typeof Guest>;
