import type { Dice } from '@innkeeper/local-stack/demo/world/dice';
import { type DaysAt, daysAnywhere, todayAt } from '../truth/stays.ts';
import type { Days } from '../world/calendar.ts';
import type { Home, World } from '../world/world.ts';
import type { Language, Truth } from './asked.ts';
import { type DayWords, oneDay, someDays, type Tense } from './day-words.ts';

/** A moment at which a question is asked, and what the classes need to fill their sentences. */
export interface Scene {
  readonly world: World;
  readonly atMs: number;
  readonly language: Language;
  readonly dice: Dice;
}

/** What goes into the gaps of a sentence, and what is then true. */
export interface Filled {
  readonly gaps: Readonly<Record<string, string>>;
  readonly truth: Truth;
  readonly before?: readonly string[];
  readonly roomId?: string;
  readonly askerId?: string;
  readonly scope?: 'full' | 'operations';
}

/** Sentences that ask the same, and how they are filled; undefined where this world has no occasion for it. */
export interface QuestionClass {
  readonly name: string;
  readonly phrasings: Partial<Readonly<Record<Language, readonly string[]>>>;
  readonly fillGaps: (scene: Scene) => Filled | undefined;
  /** How often each sentence is asked, each time filled anew. */
  readonly times: number;
  /** Asked at the world's own now only: what is recorded so far is part of the truth. */
  readonly isOfNow?: true;
}

export interface SomeDays {
  readonly words: string;
  readonly at: DaysAt;
  /** What a heading may call them. */
  readonly shown: readonly Days[];
}

export const baseDay = ({ world, atMs }: Scene): string => todayAt(firstHome(world), atMs);

function resolve(words: DayWords, scene: Scene, homes: readonly Home[]): SomeDays {
  const at: DaysAt = home => words.mean(todayAt(home, scene.atMs));
  return { words: words.words, at, shown: [daysAnywhere(scene.world.homes, at), daysAnywhere(homes, at)] };
}

export const daysOf = (scene: Scene, tense: Tense = 'future', homes = scene.world.homes): SomeDays =>
  resolve(someDays(scene.language, tense, baseDay(scene), scene.dice), scene, homes);

export const dayOf = (scene: Scene, homes = scene.world.homes): SomeDays =>
  resolve(oneDay(scene.language, baseDay(scene), scene.dice), scene, homes);

export const namedDays = (scene: Scene, words: DayWords, homes = scene.world.homes): SomeDays =>
  resolve(words, scene, homes);

export function firstHome({ homes }: World): Home {
  const [first] = homes;
  if (first === undefined) throw new Error('a world without homes');
  return first;
}
