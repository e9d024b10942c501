import type { Dice } from '@innkeeper/local-stack/demo/world/dice';

/** What guests and colleagues say in this world: each topic once or twice, in words no other text shares. */
export interface Topic {
  /** As a question names it. */
  readonly topic: string;
  readonly guest: string;
  readonly team: string;
  /** Stands in both. */
  readonly words: string;
}

export const TOPICS: readonly Topic[] = [
  {
    topic: 'heating',
    words: 'heating',
    guest: 'The heating in the bedroom has been cold since last night.',
    team: 'The heating engineer comes on Monday with a new valve.',
  },
  {
    topic: 'cot',
    words: 'cot',
    guest: 'Could you put a baby cot next to the big bed?',
    team: 'I put the cot next to the big bed.',
  },
  {
    topic: 'dishwasher',
    words: 'dishwasher',
    guest: 'The dishwasher leaks over the kitchen floor.',
    team: 'The dishwasher gets a new hose tomorrow.',
  },
  {
    topic: 'umbrella',
    words: 'umbrella',
    guest: 'We left a green umbrella behind the sofa.',
    team: 'The green umbrella is in the office now.',
  },
  {
    topic: 'feathers',
    words: 'feather',
    guest: 'My husband is allergic to feather pillows.',
    team: 'All feather pillows are out of the room.',
  },
  {
    topic: 'bicycles',
    words: 'bicycles',
    guest: 'Is there a dry place for four bicycles?',
    team: 'The bicycles may stand in the cellar.',
  },
  {
    topic: 'noise',
    words: 'noise',
    guest: 'The noise of the neighbours kept us awake until three.',
    team: 'I talked to the neighbours about the noise.',
  },
  {
    topic: 'birthday cake',
    words: 'birthday cake',
    guest: 'Please order a birthday cake for our daughter.',
    team: 'The birthday cake comes from the bakery at noon.',
  },
  {
    topic: 'wheelchair',
    words: 'wheelchair',
    guest: 'My mother uses a wheelchair and needs the ramp.',
    team: 'The wheelchair ramp stands ready at the door.',
  },
  {
    topic: 'broken window',
    words: 'broken window',
    guest: 'There is a broken window in the bathroom.',
    team: 'The glazier measured the broken window.',
  },
  {
    topic: 'invoice',
    words: 'invoice',
    guest: 'We need the invoice made out to our company.',
    team: 'The invoice went out to their company.',
  },
  {
    topic: 'coffee machine',
    words: 'coffee machine',
    guest: 'The coffee machine only blinks red.',
    team: 'A spare coffee machine is on its way.',
  },
  {
    topic: 'surfboards',
    words: 'surfboards',
    guest: 'May we bring two surfboards inside?',
    team: 'The surfboards have to stay on the balcony.',
  },
  {
    topic: 'towels',
    words: 'towels',
    guest: 'Two more bath towels would be lovely.',
    team: 'Fresh towels are in the hall cupboard.',
  },
  {
    topic: 'taxi',
    words: 'taxi',
    guest: 'Can you book a taxi for five in the morning?',
    team: 'The taxi is booked for five in the morning.',
  },
  {
    topic: 'mosquitoes',
    words: 'mosquitoes',
    guest: 'There are mosquitoes all over the terrace.',
    team: 'A net against the mosquitoes hangs in the bedroom.',
  },
];

/** Said in the private room only; no other text of the world shares these words. */
export const PRIVATE_TOPICS: readonly Topic[] = [
  { topic: 'tax audit', words: 'tax audit', guest: '', team: 'The tax audit starts in November.' },
  { topic: 'lawsuit', words: 'lawsuit', guest: '', team: 'The landlord withdrew the lawsuit.' },
  { topic: 'salary', words: 'salary', guest: '', team: 'Her salary goes up in January.' },
  { topic: 'mortgage', words: 'mortgage', guest: '', team: 'The bank extended the mortgage by ten years.' },
];

/** Never said in any world. */
export const UNSAID: readonly string[] = [
  'sauna',
  'piano',
  'swimming pool',
  'parrot',
  'helicopter',
  'trampoline',
  'fireplace',
  'aquarium',
];

/** Numbers, addresses and codes that stand in texts and records, and may stand in no answer. */
export const secretsOf = (dice: Dice, index: number): { phone: string; email: string; code: string } => ({
  phone: `+351 91${dice.between(1, 9)} ${dice.between(100, 999)} ${dice.between(100, 999)}`,
  email: `guest.${index}.${dice.between(100, 999)}@mail.example`,
  code: String(dice.between(1000, 9999)).padStart(4, '7'),
});
