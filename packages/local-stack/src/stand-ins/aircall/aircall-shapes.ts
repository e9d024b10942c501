import * as z from 'zod';

/** Aircall's objects as its REST API shows them; what the stand-in does not read is kept as it is. */
export const AircallCall = z.looseObject({
  id: z.int().positive(),
  direction: z.enum(['inbound', 'outbound']),
  /** Unix seconds. */
  started_at: z.int(),
  raw_digits: z.string().nullish(),
  contact: z.looseObject({}).nullish(),
  ivr_options_selected: z.array(z.looseObject({})).optional(),
});
export type AircallCall = z.infer<typeof AircallCall>;

export const AircallContact = z.looseObject({
  id: z.int().positive(),
  created_at: z.union([z.int(), z.string()]).optional(),
  updated_at: z.union([z.int(), z.string()]).optional(),
});
export type AircallContact = z.infer<typeof AircallContact>;

export const AircallWebhook = z.object({
  webhook_id: z.string(),
  direct_link: z.string(),
  created_at: z.string(),
  url: z.string(),
  active: z.boolean(),
  events: z.array(z.string()),
  /** In clear text, in every delivery's body. */
  token: z.string(),
});
export type AircallWebhook = z.infer<typeof AircallWebhook>;
