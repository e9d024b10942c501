import type { Home } from './world.ts';

/** Homes in four zones, two of which change their clocks in the weeks that are asked about. */
interface Place {
  readonly city: string;
  readonly zone: string;
  readonly names: readonly string[];
  readonly street: string;
}

const PLACES: readonly Place[] = [
  {
    city: 'Lisbon',
    zone: 'Europe/Lisbon',
    names: ['Garden Studio', 'Sea View', 'Alfama Flat', 'Blue Loft', 'Casa Limão'],
    street: 'Rua das Flores',
  },
  { city: 'Berlin', zone: 'Europe/Berlin', names: ['Spree Nest', 'Kreuzberg Attic'], street: 'Lindenweg' },
  { city: 'New York', zone: 'America/New_York', names: ['Hudson Hideaway', 'Maple Cottage'], street: 'Pearl Street' },
  { city: 'Tokyo', zone: 'Asia/Tokyo', names: ['Sakura House'], street: 'Kagurazaka' },
  { city: 'Lisbon', zone: 'Europe/Lisbon', names: ['Harbour View 1', 'Harbour View 2'], street: 'Rua do Cais' },
];

const CHECK_INS = ['15:00', '16:00', '14:00'];
const CHECK_OUTS = ['11:00', '10:00', '12:00'];
const PARKING = [
  'Free parking behind the house.',
  'Parking on the street needs a permit.',
  'There is no parking nearby.',
];
const RULES = ['No smoking, and quiet after 22:00.', 'No parties; shoes stay at the door.'];

export const HOMES: readonly Home[] = PLACES.flatMap(({ city, zone, names, street }, place) =>
  names.map((name, index): Home => {
    const number = place * 10 + index;
    const of = (from: readonly string[]): string => from[number % from.length] ?? '';
    return {
      id: `l-${number}`,
      name,
      city,
      zone,
      checkIn: of(CHECK_INS),
      checkOut: of(CHECK_OUTS),
      address: `${street} ${12 + number}, ${city}`,
      sleeps: 2 + (number % 5),
      sections: [
        { topic: 'Wifi', text: `Network ${name.replaceAll(/\P{L}/gu, '')}Guest, password on the card by the door.` },
        { topic: 'Parking', text: of(PARKING) },
        { topic: 'House rules', text: of(RULES) },
      ],
    };
  }),
);
