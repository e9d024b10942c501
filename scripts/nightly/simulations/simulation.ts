import * as z from 'zod';

/** One entry of `simulations.json`: a command of `./dev` that takes `--seed`, at its size for a night. */
export const Simulation = z.strictObject({
  /** Also the command. */
  name: z.string().regex(/^[a-z][a-z-]*$/u),
  arguments: z.array(z.string().regex(/^[\w-]+$/u)),
  /** What it takes on two processors. */
  minutes: z.int().positive(),
  /** It is ended then, and has failed. Its job takes a little longer. */
  minutesMax: z.int().positive().max(330), // a job of GitHub's ends after six hours
});
export type Simulation = z.infer<typeof Simulation>;
export const Simulations = z.array(Simulation);

/** What a person types to play the same again. Pure. */
export const commandOf = ({ name, arguments: words }: Simulation, seed: number): string[] => [
  './dev',
  name,
  ...words,
  '--seed',
  String(seed),
];
