import type { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { Searchable } from './searchable.ts';

/** A question with its answer, as history under its room's permission; never evidence for a fact. Pure. */
export function describeInteraction(interaction: Interaction): Searchable {
  return {
    title: `Question: ${interaction.question.slice(0, 120)}`,
    text: `Question: ${interaction.question}\nAnswer: ${interaction.answer}`,
    fields: {
      listingIds: [],
      guestNames: [],
      roomId: interaction.roomId,
      authorId: interaction.askerId,
      startsAt: interaction.askedAt,
      status: interaction.author,
    },
  };
}
