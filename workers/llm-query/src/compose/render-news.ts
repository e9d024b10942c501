import type { SourceRef } from '@innkeeper/shared/domain/answer';
import { otherPartyName } from '@innkeeper/shared/domain/call';
import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import { endOf, startOf } from '../evaluate/guest.ts';
import type { News } from '../evaluate/since.ts';
import { bookingSource, datesInWords, guestInWords, homeInWords, line, standingInWords } from './booking-line.ts';
import { callInWords, callSource } from './call-line.ts';
import { counted, instantInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { listOf } from './list.ts';
import { messageInWords } from './message-in-words.ts';
import { momentInWords } from './moment-in-words.ts';
import { plainName, plainText } from './plain-text.ts';

/** What happened since a moment: bookings, then messages, texts and calls where the room may see them. Pure. */
export function renderNews(
  all: News,
  asked: { readonly from: string; readonly words: string },
  rendering: Rendering,
): Draft {
  const { homes, thisYear } = rendering;
  const full = rendering.scope === 'full';
  const news = full ? all : { ...all, messages: [], texts: [], calls: [] };
  const zoneOf = (listingId: string | undefined): TimeZone =>
    listingId === undefined ? homes.mainZone : homes.home(listingId).zone;
  const since = plainText(asked.words) || instantInWords(asked.from, homes.mainZone, thisYear);
  const bookings = news.bookings.map(booking =>
    line(
      momentInWords(booking.receivedAt, homes.mainZone, rendering),
      booking.isNew ? 'new booking' : 'booking changed',
      booking.stays.map(stay => homeInWords(stay.home)).join(', then '),
      guestInWords(booking, rendering),
      datesInWords({ checkIn: startOf(booking), checkOut: endOf(booking) }, rendering),
      standingInWords(booking) ?? plainName(booking.statusText),
      plainText(booking.code),
    ),
  );
  const messages = news.messages.map(({ facts }) =>
    line(
      momentInWords(facts.sentAt, zoneOf(facts.listingId), rendering),
      `message ${facts.author === 'guest' ? `from ${plainName(facts.guestName ?? 'a guest')}` : 'from the team'}`,
      facts.listingId === undefined ? undefined : homeInWords(homes.home(facts.listingId)),
      messageInWords(facts.text),
    ),
  );
  const texts = news.texts.map(({ facts }) => {
    const who = plainName(otherPartyName(facts) ?? 'an unknown number');
    return line(
      momentInWords(facts.sentAt, homes.mainZone, rendering),
      `text ${facts.direction === 'inbound' ? 'from' : 'to'} ${who}`,
      messageInWords(facts.text),
    );
  });
  const calls = news.calls.map(call => callInWords(call, rendering));
  const lines = [...bookings, ...messages, ...texts, ...calls];
  const counts = [
    [bookings, 'booking'],
    [messages, 'message'],
    [texts, 'text'],
    [calls, 'call'],
  ] as const;
  const parts = counts.flatMap(([items, one]) => (items.length === 0 ? [] : counted(items.length, one)));
  const sourceOf =
    (what: string) =>
    ({ key, facts }: { readonly key: string; readonly facts: { readonly sentAt: string } }): SourceRef => ({
      key,
      label: `${what} ${instantInWords(facts.sentAt, homes.mainZone, thisYear)}`,
    });
  return listOf(lines, {
    heading: `*Since ${since.replace(/^since /iu, '')}*`,
    summary: `${counted(lines.length, 'item')} (${parts.join(', ')})`,
    lines: full ? lines : [...lines, 'Messages and calls are not shown in this room.'],
    searched: `_Searched: bookings${full ? ', guest messages, texts and calls' : ''}._`,
    sources: [
      ...news.bookings.map(bookingSource),
      ...news.messages.map(sourceOf('message')),
      ...news.texts.map(sourceOf('text')),
      ...news.calls.map(callSource),
    ],
    homes: news.bookings.flatMap(booking => booking.stays.map(stay => stay.home)),
  });
}
