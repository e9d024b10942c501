import type { BSONRegExp } from 'bson';
import { CommandError } from '../wire/command-error.ts';

/**
 * A pattern of the server (PCRE) as a pattern of JavaScript. What only the former knows is refused.
 * @throws CommandError 51091 as the server answers for a pattern it cannot compile.
 */
export function compileRegex({ pattern, options }: BSONRegExp): RegExp {
  const inline = /^\(\?([ims]+)\)/u.exec(pattern);
  const flags = new Set(`${options}${inline?.[1] ?? ''}u`);
  if (flags.has('x')) throw new CommandError(2, 'the stand-in has no extended regular expressions (x)');
  try {
    return new RegExp(pattern.slice(inline?.[0].length ?? 0), [...flags].join(''));
  } catch (error) {
    throw new CommandError(51_091, `Regular expression is invalid: ${String(error)}`);
  }
}
