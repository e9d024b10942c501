import { UNSAID } from '../../world/remarks.ts';
import type { Remark, World } from '../../world/world.ts';
import type { Filled, QuestionClass, Scene } from '../scene.ts';

/** What was said about something, by whom; what was never said; and what may not be read where it is asked. */
const chatKey = ({ keys }: Remark): string => keys[0] ?? '';

/**
 * Documents an honest answer may cite: everything about that topic in that home, by that guest, or in all of the
 * company.
 */
const keysOf = (world: World, isMeant: (remark: Remark) => boolean): string[] =>
  world.remarks.filter(remark => remark.in !== 'private chat' && isMeant(remark)).map(chatKey);

const said = (
  name: string,
  phrasings: QuestionClass['phrasings'],
  which: (remark: Remark) => boolean,
  isMeant: (asked: Remark, other: Remark) => boolean,
): QuestionClass => ({
  name,
  phrasings,
  times: 3,
  isOfNow: true,
  fillGaps({ world, dice }) {
    const remarks = world.remarks.filter(remark => remark.in !== 'private chat' && which(remark));
    if (remarks.length === 0) return undefined;
    const remark = dice.pick(remarks);
    return {
      gaps: {
        topic: remark.topic,
        home: remark.home?.name ?? '',
        by: remark.by,
        guest: remark.booking?.guest ?? '',
        room: remark.room?.name ?? '',
      },
      truth: {
        kind: 'quotes',
        keys: keysOf(world, other => other.topic === remark.topic && isMeant(remark, other)),
        words: remark.words,
      },
    };
  },
});

const byGuest = said(
  'what a guest said',
  {
    en: [
      'what did {guest} say about the {topic}?',
      'what did {guest} write about the {topic}?',
      'did {guest} mention the {topic}?',
      "{guest}'s message about the {topic}",
      'what does {guest} want with the {topic}?',
    ],
  },
  remark => remark.in === 'message',
  (remark, other) => other.booking === remark.booking,
);

const atHome = said(
  'said about a home',
  {
    en: [
      'what did the guest in the {home} say about the {topic}?',
      'any messages about the {topic} in the {home}?',
      'what was said about the {topic} in the {home}?',
      'the {topic} in {home}, what do we know?',
    ],
  },
  remark => remark.in === 'message',
  (remark, other) => other.home === remark.home,
);

const isOnTheTelephone = (remark: Remark): boolean => remark.in === 'call' || remark.in === 'voicemail';

const onTheTelephone = said(
  'said in a call',
  {
    en: [
      'which call was about the {topic}?',
      'what was the call about the {topic}?',
      'did anybody call about the {topic}?',
      'what did we note on the call about the {topic}?',
    ],
  },
  isOnTheTelephone,
  (_, other) => isOnTheTelephone(other),
);

const inChat = said(
  'said in the team chat',
  {
    en: [
      'what did {by} say about the {topic}?',
      'what did {by} write about the {topic} in chat?',
      'what was said about the {topic} in #{room}?',
      'did {by} mention the {topic}?',
    ],
  },
  remark => remark.in === 'chat',
  // What a colleague noted on a call is their word, too.
  (remark, other) => (other.in === 'chat' && other.by === remark.by) || other.notedBy === remark.by,
);

const anywhere = said(
  'said anywhere',
  {
    en: [
      'what do we know about the {topic}?',
      'who said something about the {topic}?',
      'did anyone mention the {topic}?',
      'is there anything about the {topic}?',
      'what about the {topic}, did anybody write?',
    ],
  },
  () => true,
  () => true,
);

const neverSaid: QuestionClass = {
  name: 'never said',
  times: 3,
  isOfNow: true,
  phrasings: {
    en: [
      'what did the guest in the {home} say about the {nothing}?',
      'did anyone mention the {nothing}?',
      'what do we know about the {nothing}?',
      'who called about the {nothing}?',
      'what was said about the {nothing} in #front-desk?',
      'did {by} write about the {nothing}?',
      'is there anything about the {nothing} in {home}?',
      'any messages about the {nothing}?',
    ],
  },
  fillGaps({ world, dice }) {
    return {
      gaps: { nothing: dice.pick(UNSAID), home: dice.pick(world.homes).name, by: dice.pick(['Bruno', 'Ines']) },
      truth: { kind: 'dont_know' },
    };
  },
};

/** Asked in a public room, about what was said in a private one only. */
const elsewhere: QuestionClass = {
  name: 'said where the room may not look',
  times: 3,
  isOfNow: true,
  phrasings: {
    en: [
      'what did {by} say about the {topic} in #owners?',
      'what was said about the {topic} in the owners room?',
      'did {by} write anything about the {topic} of the {home} in #owners?',
    ],
  },
  fillGaps({ world, dice }) {
    const hidden = world.remarks.filter(remark => remark.in === 'private chat');
    if (hidden.length === 0) return undefined;
    const remark = dice.pick(hidden);
    return {
      gaps: { topic: remark.topic, by: remark.by, home: remark.home?.name ?? '' },
      truth: { kind: 'dont_know' },
    };
  },
};

/** What a room for operations is told: first names, and none of the talk. */
const operations: QuestionClass = {
  name: 'operations rooms',
  times: 3,
  isOfNow: true,
  phrasings: {
    en: [
      'what did {guest} say about the {topic}?',
      'calls today',
      'what did I miss since 18:00?',
      'did anyone mention the {topic}?',
      'who is in the {home}?',
      'when does {guest} arrive?',
      'what did {by} say about the {topic}?',
      'show me the messages of the {home}',
      'today',
      'any voicemails?',
      'unanswered guest messages',
    ],
  },
  fillGaps(scene): Filled {
    const remark = scene.dice.pick(scene.world.remarks);
    return {
      gaps: { topic: remark.topic, guest: remark.booking?.guest ?? '', home: remark.home?.name ?? '', by: remark.by },
      scope: 'operations',
      roomId: 'roomCleaning',
      truth: { kind: 'short_reply', charactersMax: 5_000 },
    };
  },
};

const details: readonly (readonly [string, string])[] = [
  ['phone number', 'Telefonnummer'],
  ['email address', 'E-Mail-Adresse'],
];

const notShown: QuestionClass = {
  name: 'not shown in chat',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      "what is {guest}'s {detail}?",
      'give me the {detail} of {guest}',
      '{detail} of {guest} please',
      'door code of the {home}',
      'what is the door code for {home}?',
      "what's the alarm code of the {home}?",
    ],
    de: ['{detailDe} von {guest}', 'wie ist der Türcode von {home}?'],
  },
  fillGaps({ world, dice }: Scene) {
    const remark = dice.pick(world.remarks.filter(({ in: where }) => where === 'message'));
    const [detail, detailDe] = dice.pick(details);
    return {
      gaps: { guest: remark.booking?.guest ?? '', home: dice.pick(world.homes).name, detail, detailDe },
      truth: { kind: 'not_shown' },
    };
  },
};

export const talkClasses: readonly QuestionClass[] = [
  byGuest,
  atHome,
  onTheTelephone,
  inChat,
  anywhere,
  neverSaid,
  elsewhere,
  operations,
  notShown,
];
