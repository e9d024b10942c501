/**
 * What people at a small hospitality company write, and how a colleague asks for it: once in words of the text, once in
 * other words. Written by hand, for choosing the weights of the fusion.
 */
export interface Labelled {
  readonly text: string;
  readonly inItsWords: string;
  readonly inOtherWords: string;
}

/** Texts that mean the same and differ in a name or a code, as guests' requests do. */
const NAMES =
  'Abernathy Balakrishnan Czerny Dvořák Eskildsen Fairweather Grünwald Hashimoto Ivarsson Jokinen Kowalczyk Lindqvist ' +
  'Mwangi Nakagawa Okonkwo Papadakis Quarshie Rasmussen Szabó Takahashi HMX7731 HMX7713 HMA2209 HMA2290';

export const namedSet: readonly { readonly text: string; readonly question: string }[] = NAMES.split(' ').map(
  (name, at) => ({
    text: `${name} asks whether ${['a late check-out', 'an early check-in', 'a baby bed'][at % 3]} is possible.`,
    question: `what did ${name} ask about ${['leaving later', 'coming earlier', 'a cot'][at % 3]}?`,
  }),
);

const of = (text: string, inItsWords: string, inOtherWords: string): Labelled => ({ text, inItsWords, inOtherWords });

export const labelledSet: readonly Labelled[] = [
  of(
    'The heating in the bedroom is cold since last night.',
    'heating in the bedroom',
    'who is freezing in their room?',
  ),
  of('We would love to have a baby cot for our son.', 'baby cot', 'which family travels with an infant?'),
  of('The oven does not switch on, we tried the fuse.', 'oven fuse', 'broken cooking equipment'),
  of('Could we leave our bags before check-in?', 'leave bags', 'luggage storage in the morning'),
  of('The neighbours complained about loud music at 2 am.', 'neighbours loud music', 'noise problem at night'),
  of('The wifi password on the card is wrong.', 'wifi password wrong', 'internet access is not working'),
  of('There is a leak under the kitchen sink.', 'leak kitchen sink', 'water damage'),
  of('Our flight is delayed, we will land after midnight.', 'flight delayed', 'who arrives very late?'),
  of('Is there a lift? My mother uses a wheelchair.', 'lift wheelchair', 'guest with limited mobility'),
  of('The parking space was taken by a blue van.', 'parking space blue van', 'somebody else’s vehicle on our spot'),
  of('We found bed bugs in the second bedroom.', 'bed bugs', 'insects where people sleep'),
  of('The remote control of the television is missing.', 'remote control television', 'cannot change channels'),
  of('Can we bring our dog? She is small and quiet.', 'bring our dog', 'travelling with an animal'),
  of('The cleaner forgot to change the towels.', 'cleaner towels', 'housekeeping left used linen'),
  of('I lost my passport, maybe it is behind the sofa.', 'lost passport', 'forgotten travel document'),
  of('We celebrate our wedding anniversary on Saturday.', 'wedding anniversary', 'special occasion of a couple'),
  of('The shower drain is blocked and smells.', 'shower drain blocked', 'bathroom plumbing trouble'),
  of('The invoice should carry our company’s VAT number.', 'invoice VAT number', 'billing details for a business'),
  of('Please refund the extra night we paid twice.', 'refund extra night', 'money back for a double charge'),
  of('The smoke alarm beeps every minute.', 'smoke alarm beeps', 'low battery of a fire detector'),
  of('We need two more sets of keys for the grandparents.', 'two more sets of keys', 'additional access for relatives'),
  of('The balcony door does not lock.', 'balcony door lock', 'security problem on the terrace'),
  of('Is breakfast included in the price?', 'breakfast included', 'morning meal as part of the rate'),
  of('The air conditioning drips on the floor.', 'air conditioning drips', 'cooling unit loses water'),
  of(
    'We are allergic to feathers, please use other pillows.',
    'allergic feathers pillows',
    'special bedding for health reasons',
  ),
  of('The washing machine stops in the middle of the programme.', 'washing machine stops', 'laundry appliance fault'),
  of('A taxi to the airport at five in the morning, please.', 'taxi airport', 'early transfer for a departure'),
  of('The lightbulb in the hallway is broken.', 'lightbulb hallway', 'dark corridor'),
  of('The pool is green and nobody swims in it.', 'pool green', 'dirty swimming water'),
  of('We want to extend our stay until Monday.', 'extend stay until Monday', 'remain for additional nights'),
  of('The review of the last guest mentions dust.', 'review mentions dust', 'criticism about cleanliness'),
  of('The owner visits the flat on Thursday to measure the windows.', 'owner measure windows', 'proprietor inspection'),
  of(
    'The dishwasher leaves white stains on the glasses.',
    'dishwasher stains glasses',
    'cups are not clean after the cycle',
  ),
  of('Two chairs of the dining table are wobbly.', 'chairs dining table wobbly', 'unstable furniture'),
  of('Where can we charge our electric car?', 'charge electric car', 'power station for vehicles'),
  of('The rubbish was not collected this week.', 'rubbish not collected', 'waste bins are overflowing'),
];
