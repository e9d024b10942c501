/**
 * Whether a text speaks of a person, by what is known of them. Numbers and addresses are nobody else's; a name may be a
 * namesake's, and is told apart. Pure.
 */
export interface Person {
  /** Full names, as they were written anywhere. */
  readonly names: readonly string[];
  /** E.164. */
  readonly numbers: readonly string[];
  readonly emails: readonly string[];
}

export type Recognised = 'by_contact' | 'by_name' | 'not';

export function recogniserOf(person: Person): (text: string) => Recognised {
  const names = person.names.map(plain).filter(isFullName);
  const emails = person.emails.map(email => email.trim().toLowerCase()).filter(email => email.includes('@'));
  const numbers = person.numbers.map(number => number.replace(/\D/gu, ''));
  return text => {
    const lower = text.toLowerCase();
    if (emails.some(email => lower.includes(email))) return 'by_contact';
    if (numbers.length > 0 && digitRuns(text).some(run => numbers.some(number => isSameNumber(run, number))))
      return 'by_contact';
    const words = ` ${plain(text)} `;
    return names.some(name => words.includes(` ${name} `)) ? 'by_name' : 'not';
  };
}

/** Words in small letters without accents, one space apart. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** One word alone is a first name, and half of the town has it. */
const isFullName = (name: string): boolean => name.includes(' ');

const digitRuns = (text: string): string[] =>
  (text.match(/\d[\d\s().\-/]{5,24}\d/gu) ?? []).map(run => run.replace(/\D/gu, '').replace(/^0+/u, ''));

/** As the whole number, or as it is dialled within its country: without the country's one to three digits. */
const isSameNumber = (run: string, number: string): boolean =>
  run.length >= 7 && number.endsWith(run) && number.length - run.length <= 3;
