import { arrivalRow, arriving, departureRow, leaving, placedIn, timeIn, timeOut } from '../../truth/stays.ts';
import { onTheWall, plusDays } from '../../world/calendar.ts';
import { NOW_DAY } from '../../world/make-world.ts';
import { type Booking, type Home, isUnconfirmed, stands, type World } from '../../world/world.ts';
import { dayInShort } from '../day-in-short.ts';
import { TODAY } from '../day-words.ts';
import { namedDays, type QuestionClass, type Scene } from '../scene.ts';

/** Homes and guests at the hour: work that is due, homes that are ready, guests who are missing or want more. */
const escaped = (text: string): string => text.replaceAll(/[.*+?()[\]]/gu, String.raw`\$&`);

const tasks: QuestionClass = {
  name: 'tasks',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      'tasks {due}',
      'which tasks are due {due}?',
      'what tasks do we have {due}?',
      'tasks due {due}',
      'what needs doing {due}?',
    ],
    de: ['Aufgaben {due}', 'welche Aufgaben sind {due} fällig?'],
    fr: ['tâches {due}'],
    es: ['tareas {due}'],
    pt: ['tarefas {due}'],
  },
  fillGaps: scene => dueTasks(scene, () => true),
};

const cleanings: QuestionClass = {
  name: 'tasks',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      'cleaning tasks {due}',
      'which homes are to be cleaned {due}?',
      'cleanings {due}',
      'what has to be cleaned {due}?',
    ],
    de: ['Reinigungen {due}'],
  },
  fillGaps: scene => dueTasks(scene, ({ trade }) => trade === 'cleaning'),
};

function dueTasks(
  scene: Scene,
  which: (task: World['tasks'][number]) => boolean,
): ReturnType<QuestionClass['fillGaps']> {
  const names: Readonly<Record<Scene['language'], readonly [string, string]>> = {
    en: ['today', 'tomorrow'],
    de: ['heute', 'morgen'],
    fr: ["aujourd'hui", 'demain'],
    es: ['hoy', 'mañana'],
    pt: ['hoje', 'amanhã'],
  };
  const later = scene.dice.between(0, 1);
  const day = plusDays(NOW_DAY, later);
  const due = scene.world.tasks.filter(task => which(task) && onTheWall(task.home.zone, task.dueAt).day === day);
  return {
    gaps: { due: names[scene.language][later] ?? '' },
    truth: { kind: 'lines', lines: due.map(({ title, home }) => [title, home.name]) },
  };
}

const notArrived: QuestionClass = {
  name: 'not yet there or gone',
  times: 1,
  isOfNow: true,
  phrasings: {
    en: [
      'who has not arrived yet?',
      'who has not checked in yet today?',
      'which of todays arrivals are not here yet?',
      'arrivals still to come today',
    ],
    de: ['wer ist noch nicht da?', 'wer ist heute noch nicht angereist?'],
  },
  fillGaps(scene) {
    const days = namedDays(scene, TODAY);
    const rows = arriving(scene.world, days.at)
      .filter(({ booking, isFirst }) => isFirst && booking.status !== 'checked_in' && booking.status !== 'checked_out')
      .map(arrivalRow);
    return { gaps: {}, truth: { kind: 'stays', rows } };
  },
};

const notLeft: QuestionClass = {
  name: 'not yet there or gone',
  times: 1,
  isOfNow: true,
  phrasings: {
    en: [
      'who has not left yet?',
      'who has not checked out yet today?',
      'which guests should be gone but are not?',
      'departures still to go today',
    ],
    de: ['wer ist noch nicht abgereist?'],
  },
  fillGaps(scene) {
    const days = namedDays(scene, TODAY);
    const rows = leaving(scene.world, days.at)
      .filter(({ booking, isLast }) => isLast && booking.status !== 'checked_out')
      .map(departureRow);
    return { gaps: {}, truth: { kind: 'stays', rows } };
  },
};

/** What the recorded facts about an arrival's home are: who left when, and how the cleaning stands. */
const readiness: QuestionClass = {
  name: 'readiness',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      'is the {home} ready?',
      'is {home} ready for the arrival today?',
      'has the {home} been cleaned?',
      'is the {home} clean?',
      'can the guests come to the {home}, is it ready?',
    ],
    de: ['ist {home} fertig?', 'ist {home} sauber?'],
  },
  fillGaps({ world, dice }) {
    const candidates = arriving(world, () => ({ from: NOW_DAY, to: NOW_DAY })).map(({ stay, booking }) => ({
      home: stay.home,
      booking,
    }));
    if (candidates.length === 0) return undefined;
    const { home, booking } = dice.pick(candidates);
    return {
      gaps: { home: home.name },
      truth: { kind: 'says', words: [new RegExp(escaped(booking.guest), 'u'), stateOf(world, home)] },
    };
  },
};

/** Ready: cleaned, and the guests before recorded as gone. Not ready: work to do, or they are recorded as there. */
function stateOf(world: World, home: Home): RegExp {
  const before = placedIn(world, [home])
    .filter(({ stay, booking }) => stay.to <= NOW_DAY && !isUnconfirmed(booking))
    .toSorted((left, right) => (left.stay.to < right.stay.to ? 1 : -1))[0];
  const work = world.tasks.filter(task => {
    const due = onTheWall(home.zone, task.dueAt).day;
    return task.home === home && due >= (before?.stay.to ?? NOW_DAY) && due <= NOW_DAY;
  });
  if (work.some(({ status }) => status !== 'completed') || before?.booking.status === 'checked_in') return /not ready/u;
  const isCleaned = work.some(({ trade }) => trade === 'cleaning');
  const isGone = before === undefined || before.booking.status === 'checked_out';
  return isCleaned && isGone ? /· ready\b/u : /not recorded/u;
}

const earlyCheckIn: QuestionClass = {
  name: 'early check-in',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      'can {guest} check in at 12?',
      'can {guest} come at 12:00 already?',
      'is an early check-in at noon possible for {guest}?',
      'could {guest} check in early at 12:00?',
    ],
    de: ['kann {guest} schon um 12 Uhr einchecken?'],
  },
  fillGaps({ world, dice }) {
    const coming = soleBookings(world).filter(
      ({ stays }) => stays[0].from >= NOW_DAY && stays[0].from <= plusDays(NOW_DAY, 6),
    );
    const booking = dice.pick(coming);
    const [stay] = booking.stays;
    const before = placedIn(world, [stay.home]).find(
      other => other.stay.to === stay.from && other.booking !== booking && !isUnconfirmed(other.booking),
    );
    const words = [
      new RegExp(escaped(stay.home.name), 'u'),
      ...(before === undefined ? [] : [new RegExp(timeOut(before.stay).clock, 'u')]),
    ];
    return { gaps: { guest: booking.guest }, truth: { kind: 'says', words } };
  },
};

const stayLonger: QuestionClass = {
  name: 'stay longer',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      'can {guest} stay another night?',
      'can {guest} stay one more night?',
      'could {guest} extend by a night?',
      'is it possible for {guest} to stay a night longer?',
    ],
    de: ['kann {guest} noch eine Nacht bleiben?'],
  },
  fillGaps({ world, dice }) {
    const booking = dice.pick(
      soleBookings(world).filter(
        ({ stays }) => stays[0].from <= plusDays(NOW_DAY, 5) && (stays.at(-1) ?? stays[0]).to > NOW_DAY,
      ),
    );
    const last = booking.stays.at(-1) ?? booking.stays[0];
    const next = placedIn(world, [last.home]).find(
      ({ stay }) => stay.from <= last.to && last.to < stay.to && stay !== last,
    );
    const isBlocked = world.blocks.some(({ home, from, to }) => home === last.home && from <= last.to && last.to <= to);
    const words =
      next !== undefined
        ? [new RegExp(escaped(next.booking.guest), 'u')]
        : isBlocked
          ? [/owner|maintenance|block/u]
          : [/\b(?:yes|free)\b/iu];
    return {
      gaps: { guest: booking.guest },
      truth: { kind: 'says', words, never: next === undefined && !isBlocked ? [/\bnot free\b/u] : [/: yes\b/u] },
    };
  },
};

const soleBookings = (world: World): Booking[] =>
  world.bookings.filter(
    booking => stands(booking) && world.bookings.filter(({ guest }) => guest === booking.guest).length === 1,
  );

/** A call's note says another hour than the booking: both have to be told. */
const conflict: QuestionClass = {
  name: 'conflicting times',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      'when does {guest} arrive?',
      'what time is {guest} coming?',
      'at what time does {guest} check in',
      "{guest}'s arrival time",
    ],
    de: ['um wie viel Uhr kommt {guest} an?'],
  },
  fillGaps({ world, dice }) {
    const told = world.calls.flatMap(call => (call.saysArrival === undefined ? [] : [call.saysArrival]));
    if (told.length === 0) return undefined;
    const { booking, clock } = dice.pick(told);
    const { clock: planned } = timeIn(booking.stays[0]);
    return {
      gaps: { guest: booking.guest },
      truth: {
        kind: 'says',
        words: [new RegExp(planned, 'u'), new RegExp(clock, 'u'), new RegExp(dayInShort(booking.stays[0].from), 'u')],
      },
    };
  },
};

export const readinessClasses: readonly QuestionClass[] = [
  tasks,
  cleanings,
  notArrived,
  notLeft,
  readiness,
  earlyCheckIn,
  stayLonger,
  conflict,
];
