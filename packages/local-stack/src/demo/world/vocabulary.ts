import type { Home } from './world.ts';

/** Invented names and places the day is made of. */
const lisbon = {
  city: 'Lisbon',
  country: 'Portugal',
  zone: 'Europe/Lisbon',
  checkInFrom: '15:00',
  checkOutBy: '11:00',
};
const hudson = {
  city: 'Hudson',
  country: 'United States',
  zone: 'America/New_York',
  checkInFrom: '16:00',
  checkOutBy: '10:00',
};

/** Those the homes lie in. */
export const ZONES = [lisbon.zone, hudson.zone];

type HomePlan = Omit<Home, 'id'>;
const home = (place: typeof lisbon, name: string, title: string, street: string, sleeps: number): HomePlan => ({
  ...place,
  name,
  title,
  street,
  sleeps,
  wifi: `${name.replaceAll(' ', '')}-Guest, password sunny-${name.length}${sleeps}-morning`,
  parking: sleeps > 3 ? 'One free space in the courtyard.' : 'Street parking only, free on Sundays.',
});

export const homePlans: readonly HomePlan[] = [
  home(lisbon, 'Garden Studio', 'Quiet studio with a lemon tree', 'Rua das Flores 12', 2),
  home(lisbon, 'Alfama Loft', 'Loft under the castle', 'Beco do Carneiro 4', 4),
  home(lisbon, 'Blue Door', 'Tiled flat behind a blue door', 'Rua da Bica 31', 3),
  home(lisbon, 'Casa Verde', 'Green house with a terrace', 'Travessa do Monte 8', 6),
  home(lisbon, 'Tram Corner', 'Corner flat on the tram line', 'Calçada do Combro 77', 4),
  home(lisbon, 'Fado Room', 'Small room above the music house', 'Rua do Capelão 3', 2),
  home(lisbon, 'River Terrace', 'Terrace over the Tejo', 'Rua do Alecrim 19', 5),
  home(lisbon, 'Clock Tower', 'Attic in the old clock tower', 'Largo do Relógio 1', 2),
  home(hudson, 'Maple Cabin', 'Cabin between maple trees', '14 Mill Road', 4),
  home(hudson, 'Harbor Suite', 'Suite by the old harbor', '2 Front Street', 2),
  home(hudson, 'Foundry Flat', 'Flat in a former foundry', '88 Columbia Street', 3),
  home(hudson, 'Orchard House', 'House in an apple orchard', '230 Orchard Lane', 8),
];

/** Nobody in the team's cast has one of these, so that "Bruno" is one person all day. */
export const firstNames = [
  'Amara',
  'Baltasar',
  'Celeste',
  'Dmitri',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Keiko',
  'Luca',
  'Mirela',
  'Noor',
  'Oskar',
  'Priya',
  'Quentin',
  'Rosa',
  'Stellan',
  'Tamsin',
  'Ulla',
  'Viktor',
  'Wanda',
  'Yusuf',
] as const;

export const lastNames = [
  'Abernathy',
  'Brandvold',
  'Castellane',
  'Dunmore',
  'Estevao',
  'Fairweather',
  'Grunewald',
  'Hallorann',
  'Ilesanmi',
  'Jankovic',
  'Kowalczyk',
  'Lindqvist',
  'Marchetti',
  'Nakashima',
  'Oyelaran',
  'Pemberton',
  'Quintero',
  'Rasmussen',
  'Sorensen',
  'Thackeray',
  'Umarov',
  'Vandermeer',
  'Whitlock',
  'Yamaguchi',
  'Zielinski',
] as const;

export const channels = ['airbnb2', 'bookingCom', 'direct', 'vrbo'] as const;
export const agents = ['Frida', 'Tomas', 'Rita'] as const;
export const wishes = [
  '',
  '',
  '',
  'A cot for the baby, please.',
  'Allergic to feathers.',
  'We bring two bicycles.',
] as const;
export const arrivalTimes = ['12:30', '14:00', '16:30', '18:15', '19:00', '20:45', '21:30', '22:10'] as const;
export const departureTimes = ['07:15', '08:30', '09:00', '12:00'] as const;

/** What guests write, by subject; each subject is told of one booking only, so that a question has one answer. */
export const letters: readonly { readonly subject: string; readonly guest: string; readonly host?: string }[] = [
  {
    subject: 'heating',
    guest: 'Hello, the heating in the bedroom has stopped working since last night and it is rather cold here.',
    host: 'Sorry about that. A plumber comes this afternoon, there are two electric heaters in the hall cupboard.',
  },
  { subject: 'dishwasher', guest: 'The dishwasher leaks a little, we put a towel under it. No hurry.' },
  { subject: 'balcony', guest: 'The balcony door does not close all the way, one still hears the wind.' },
  {
    subject: 'airport',
    guest: 'Could you recommend a taxi from the airport? We land with four suitcases.',
    host: 'The taxi rank is right outside arrivals; ask for a van and it will be about twenty minutes.',
  },
  {
    subject: 'birthday',
    guest: 'It is my mother’s birthday on our second evening. Is there a bakery nearby for a cake?',
  },
  { subject: 'umbrella', guest: 'I think I left my red umbrella behind the sofa, could you look for it?' },
  { subject: 'towels', guest: 'Please bring three more bath towels when the cleaner comes.' },
];
