import * as z from 'zod/mini';

/** The connection of this product to a vendor's account, as the vendor sees it. Not searched. */
export const Integration = z.object({
  integrationId: z.string().check(z.minLength(1)),
  name: z.optional(z.string()),
});
export type Integration = z.infer<typeof Integration>;
