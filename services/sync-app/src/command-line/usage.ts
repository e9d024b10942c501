import { type ParseArgsConfig, parseArgs } from 'node:util';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** Words after a command's name, read once. Pure. */
export type Asked<Order> =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'order'; readonly order: Order };

/** What is wrong with a command line, in one sentence. Nothing was done. */
export interface UsageError {
  readonly sentence: string;
  readonly help: string;
}

export const asksForHelp = (words: readonly string[]): boolean =>
  words[0] === 'help' || words.includes('--help') || words.includes('-h');

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: false; allowNegative: true }>
>['values'];

/** `--name value` and `--flag`, `--no-flag`; anything else is named in a sentence. */
export function readOptions<const O extends Options>(words: readonly string[], options: O): Result<Parsed<O>, string> {
  try {
    return ok(parseArgs({ args: [...words], options, allowPositionals: false, allowNegative: true }).values);
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    return err(error.message);
  }
}
