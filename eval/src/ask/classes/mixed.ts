import { arriving, leaving, sleeping, todayAt } from '../../truth/stays.ts';
import { type Day, weekdayOf } from '../../world/calendar.ts';
import type { Booking, Remark } from '../../world/world.ts';
import type { QuestionClass, Scene } from '../scene.ts';

/** Filters and free words in one question: only of those guests or that home may be quoted what is about the topic. */
type Channel = Remark['in'];
const WRITTEN: readonly Channel[] = ['message'];
/** What belongs to a guest; the team's chat belongs to nobody. */
const OF_GUESTS: readonly Channel[] = ['message', 'call', 'voicemail', 'note'];

/** Who is meant, in words and in the world. */
interface Guests {
  readonly gaps: Readonly<Record<string, string>>;
  /** Their ids. */
  readonly bookings: ReadonlySet<string>;
}

const mixed = (
  phrasings: readonly string[],
  channels: readonly Channel[],
  guestsOf: (remark: Remark, scene: Scene) => Guests | undefined,
): QuestionClass => ({
  name: 'mixed',
  phrasings: { en: phrasings },
  times: 3,
  isOfNow: true,
  fillGaps(scene) {
    const said = scene.world.remarks.filter(remark => channels.includes(remark.in));
    for (const remark of scene.dice.shuffle(said)) {
      const guests = guestsOf(remark, scene);
      if (guests === undefined) continue;
      return {
        gaps: { topic: remark.topic, ...guests.gaps },
        truth: {
          kind: 'quotes',
          keys: said.filter(other => other.topic === remark.topic && isOf(guests, other)).map(keyOf),
          words: remark.words,
        },
      };
    }
    return undefined;
  },
});

/** The same of a topic that others wrote about, and none of those who are meant. */
const mixedInVain = (
  phrasings: readonly string[],
  guestsOf: (remark: Remark, scene: Scene) => Guests | undefined,
): QuestionClass => ({
  name: 'mixed, in vain',
  phrasings: { en: phrasings },
  times: 3,
  isOfNow: true,
  fillGaps(scene) {
    const { world, dice } = scene;
    const said = dice.shuffle(world.remarks.filter(remark => OF_GUESTS.includes(remark.in)));
    for (const remark of said) {
      const guests = guestsOf(remark, scene);
      const other = said.find(({ topic }) => !said.some(one => one.topic === topic && guests && isOf(guests, one)));
      if (guests === undefined || other === undefined) continue;
      return { gaps: { ...guests.gaps, topic: other.topic }, truth: { kind: 'dont_know' } };
    }
    return undefined;
  },
});

const isOf = ({ bookings }: Guests, { booking }: Remark): boolean => booking !== undefined && bookings.has(booking.id);
const keyOf = ({ keys }: Remark): string => keys[0] ?? '';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A day of this week as said in its home; nothing for those further away. */
function dayInWords(day: Day, today: Day, scene: Scene): string | undefined {
  const away = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  if (away < 0 || away > 6) return undefined;
  const near = ['today', 'tomorrow', 'the day after tomorrow'][away];
  const weekday = away === 0 ? undefined : `on ${WEEKDAYS[weekdayOf(day)]}`;
  return scene.dice.pick([near, weekday, `on ${day}`].filter(words => words !== undefined));
}

const bookingsOf = (placed: readonly { readonly booking: Booking }[]): ReadonlySet<string> =>
  new Set(placed.map(({ booking }) => booking.id));

function guestsArriving({ booking }: Remark, scene: Scene): Guests | undefined {
  if (booking === undefined) return undefined;
  const [{ from, home }] = booking.stays;
  const words = dayInWords(from, todayAt(home, scene.atMs), scene);
  return words === undefined
    ? undefined
    : { gaps: { day: words }, bookings: bookingsOf(arriving(scene.world, () => ({ from, to: from }))) };
}

function guestsLeaving({ booking }: Remark, scene: Scene): Guests | undefined {
  const last = booking?.stays.at(-1);
  if (last === undefined) return undefined;
  const words = dayInWords(last.to, todayAt(last.home, scene.atMs), scene);
  const days = { from: last.to, to: last.to };
  return words === undefined
    ? undefined
    : { gaps: { day: words }, bookings: bookingsOf(leaving(scene.world, () => days)) };
}

/** Today is a Saturday. */
function guestsOfTheWeekend({ booking }: Remark, { world, atMs }: Scene): Guests | undefined {
  const bookings = bookingsOf(arriving(world, home => weekendFrom(todayAt(home, atMs))));
  return booking !== undefined && bookings.has(booking.id) ? { gaps: {}, bookings } : undefined;
}
const weekendFrom = (saturday: Day) => ({
  from: saturday,
  to: new Date(Date.parse(saturday) + 86_400_000).toISOString().slice(0, 10),
});

function guestsInHouse({ booking }: Remark, { world, atMs }: Scene): Guests | undefined {
  const bookings = bookingsOf(sleeping(world, home => ({ from: todayAt(home, atMs), to: todayAt(home, atMs) })));
  return booking !== undefined && bookings.has(booking.id) ? { gaps: {}, bookings } : undefined;
}

function guestsOfHome({ home }: Remark, { world }: Scene): Guests | undefined {
  const ofHome = world.bookings.filter(({ stays }) => stays.some(stay => stay.home === home));
  return home && { gaps: { home: home.name }, bookings: new Set(ofHome.map(({ id }) => id)) };
}

const oneGuest = ({ booking, home }: Remark, _scene: Scene): Guests | undefined =>
  booking && home && { gaps: { guest: booking.guest, home: home.name }, bookings: new Set([booking.id]) };

export const mixedClasses: readonly QuestionClass[] = [
  mixed(
    [
      'did the guest in the {home} complain about the {topic}?',
      'what did the guest of {home} write about the {topic} this week?',
      'messages from the {home} about the {topic} since Monday',
      'has the guest in {home} asked about the {topic}?',
      'in the {home}, what is the matter with the {topic}?',
    ],
    WRITTEN,
    guestsOfHome,
  ),
  mixed(
    [
      'what did {guest} in the {home} write about the {topic}?',
      'did {guest} of the {home} write about the {topic} this week?',
      'what did {guest} tell us about the {topic}?',
    ],
    WRITTEN,
    oneGuest,
  ),
  mixed(
    [
      'guests arriving {day} who asked about the {topic}',
      'did anyone arriving {day} mention the {topic}?',
      'which of the arrivals {day} asked for the {topic}?',
      'has anybody checking in {day} said something about the {topic}?',
      'any word on the {topic} from those who check in {day}?',
      'the {topic}: which guest arriving {day} was that?',
      'arrivals {day} that need something done about the {topic}',
      'who of the people checking in {day} brought up the {topic}?',
    ],
    OF_GUESTS,
    guestsArriving,
  ),
  mixed(
    [
      'messages about the {topic} from guests checking in {day}',
      'who arrives {day} and sent us a message about the {topic}?',
      'arrivals {day} with a message about the {topic}',
    ],
    WRITTEN,
    guestsArriving,
  ),
  mixed(
    [
      'arrivals this weekend with a note about the {topic}',
      'who is coming this weekend and asked about the {topic}?',
      'check-ins this weekend, anything about the {topic}?',
    ],
    OF_GUESTS,
    guestsOfTheWeekend,
  ),
  mixed(
    [
      'guests leaving {day} who mentioned the {topic}',
      'did anyone checking out {day} say anything about the {topic}?',
      'departures {day} with something noted about the {topic}',
      'what did the guests who leave {day} tell us about the {topic}?',
      'who checks out {day} and complained about the {topic}?',
    ],
    OF_GUESTS,
    guestsLeaving,
  ),
  mixed(
    [
      'guests in house who mentioned the {topic}',
      'did anyone staying with us tonight complain about the {topic}?',
      'which guests staying now asked about the {topic}?',
      'in-house guests: anything about the {topic}?',
      'who sleeps here tonight and wrote or called about the {topic}?',
    ],
    OF_GUESTS,
    guestsInHouse,
  ),
  mixed(
    [
      'messages from anyone staying in the {home} about the {topic}',
      '{home}: did somebody write to us about the {topic}?',
      'show me what the {home} guests wrote about the {topic}',
    ],
    WRITTEN,
    guestsOfHome,
  ),
  mixedInVain(
    [
      'guests arriving {day} who asked about the {topic}',
      'did anyone arriving {day} mention the {topic}?',
      'arrivals {day} with a note about the {topic}',
      'who comes {day} and wrote about the {topic}?',
    ],
    guestsArriving,
  ),
  mixedInVain(
    ['guests leaving {day} who complained about the {topic}', 'did anyone checking out {day} ask for the {topic}?'],
    guestsLeaving,
  ),
];
