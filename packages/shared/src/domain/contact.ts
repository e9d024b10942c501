import * as z from 'zod/mini';

/** An entry of the telephone address book. Numbers and e-mails live in the private store only. */
export const Contact = z.object({
  contactId: z.string().check(z.minLength(1)),
  firstName: z.optional(z.string()),
  lastName: z.optional(z.string()),
  company: z.optional(z.string()),
  phones: z._default(z.array(z.string()), []),
  emails: z._default(z.array(z.string()), []),
});
export type Contact = z.infer<typeof Contact>;
