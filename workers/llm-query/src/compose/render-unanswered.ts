import type { Home } from '../evaluate/homes.ts';
import type { Unanswered } from '../evaluate/unanswered.ts';
import { UNANSWERED_DAYS } from '../evaluate/unanswered.ts';
import { bookingLink, homeInWords, line } from './booking-line.ts';
import { counted, instantInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { headed, searchedInWords } from './heading.ts';
import { homesNamed } from './homes-named.ts';
import { listOf } from './list.ts';
import { messageInWords } from './message-in-words.ts';
import { momentInWords } from './moment-in-words.ts';
import { plainName } from './plain-text.ts';

/** Guests who wait for an answer, the longest first. Pure. */
export function renderUnanswered(
  found: readonly Unanswered[],
  asked: { readonly named: readonly Home[]; readonly form: 'list' | 'count' },
  rendering: Rendering,
): Draft {
  const { homes, thisYear } = rendering;
  const lines = found.map(({ messages, home, guestName, booking }) => {
    const [first] = messages;
    const last = messages.at(-1);
    const since = first && momentInWords(first.facts.sentAt, home?.zone ?? homes.mainZone, rendering);
    return line(
      `since ${since}`,
      guestName === undefined ? 'guest without a name' : plainName(guestName),
      home === undefined ? undefined : homeInWords(home),
      messages.length === 1 ? undefined : counted(messages.length, 'message'),
      last && messageInWords(last.facts.text),
      booking && bookingLink(booking, rendering),
    );
  });
  return listOf(found, {
    heading: headed('Unanswered guest messages', [
      `the last ${UNANSWERED_DAYS} days`,
      ...homesNamed(asked.named, homes),
    ]),
    summary: counted(found.length, 'conversation'),
    lines: asked.form === 'count' ? [] : lines,
    searched: searchedInWords('guest messages in Guesty', asked.named, rendering),
    sources: found.flatMap(({ messages, home }) =>
      messages.map(({ key, facts }) => ({
        key,
        label: `message ${instantInWords(facts.sentAt, home?.zone ?? homes.mainZone, thisYear)}`,
      })),
    ),
    homes: found.flatMap(({ home }) => home ?? []),
    named: asked.named,
  });
}
