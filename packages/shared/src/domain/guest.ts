import * as z from 'zod/mini';
import { GuestId } from './ids.ts';

/** A guest. Phones and e-mails live in the private store only: they are never rendered into text. */
export const Guest = z.object({
  guestId: GuestId,
  firstName: z.optional(z.string()),
  lastName: z.optional(z.string()),
  fullName: z.optional(z.string()),
  phones: z._default(z.array(z.string()), []),
  emails: z._default(z.array(z.string()), []),
  tags: z._default(z.array(z.string()), []),
});
export type Guest = z.infer<typeof Guest>;
