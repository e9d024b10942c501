import * as z from 'zod';

/** An answering prompt of the usual kind: numbered sources, then a question, and claims with quotes as the reply. */
export const system = 'Answer from the numbered sources only. Every claim names its source and quotes it word for word.';

export const user = `<source id="1" about="Ana Costa, Saturday 09:12, Garden Studio">
Good morning! The heating in the bedroom does not work since 7:30. Could somebody have a look?
</source>
<source id="2" about="Tom Berg, Friday 18:40, Harbour Loft">
We will arrive at 21:15 and there will be 4 of us. Parking is booked.
</source>
<source id="3" about="Garden Studio, house rules">
Dogs are welcome. The bin is emptied on Tuesday.
</source>

Question: what did the guest in the Garden Studio say about the heating?`;

export const unanswerable = user.replace(/Question: .*/u, 'Question: does anybody sell opera tickets nearby?');

export const ClaimsReply = z.object({
  answerable: z.boolean(),
  claims: z.array(z.object({ claim: z.string(), sourceId: z.int(), quote: z.string() })),
});
export type ClaimsReply = z.infer<typeof ClaimsReply>;
