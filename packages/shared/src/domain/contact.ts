import * as z from 'zod';

/** An entry of the telephone address book. Numbers and e-mails live in the private store only. */
export const Contact = z.object({
  contactId: z.string().min(1),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: z.string().optional(),
  phones: z.array(z.string()).default([]),
  emails: z.array(z.string()).default([]),
});
export type Contact = z.infer<typeof Contact>;
