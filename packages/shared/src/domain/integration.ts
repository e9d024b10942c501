import * as z from 'zod';

/** The connection of this product to a vendor's account, as the vendor sees it. Not searched. */
export const Integration = z.object({
  integrationId: z.string().min(1),
  name: z.string().optional(),
});
export type Integration = z.infer<typeof Integration>;
