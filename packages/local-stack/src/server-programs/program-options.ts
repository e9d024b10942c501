/**
 * The command line of a program that is imitated here, read as strictly as a caller deserves who must not find out on
 * the real server: an option the imitation does not know is refused, never ignored. `-name` and `--name` are the same,
 * as they are to Go's programs. Pure.
 */
export type OptionKind =
  /** `--name`. */
  | 'flag'
  /** `--name=value`. */
  | 'value'
  /** `--name` or `--name=value`. */
  | 'either';

export interface ProgramOptions {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

/** The program was called in a way it does not have. */
export class UsageError extends Error {}

/** @throws UsageError. */
export function readOptions(args: readonly string[], known: Readonly<Record<string, OptionKind>>): ProgramOptions {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const operands: string[] = [];
  for (const arg of args) {
    const option = /^--?(?<name>[A-Za-z][\w.]*)(?:=(?<value>.*))?$/su.exec(arg)?.groups;
    if (option === undefined) {
      if (arg.startsWith('-')) throw new UsageError(`cannot read ${arg}`);
      operands.push(arg);
      continue;
    }
    const { name = '', value } = option;
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) throw new UsageError(`unknown option ${name}`);
    if (kind === 'value' && (value === undefined || value === '')) throw new UsageError(`option ${name} needs a value`);
    if (kind === 'flag' && value !== undefined) throw new UsageError(`option ${name} takes no value`);
    if (value === undefined) flags.add(name);
    else values.set(name, value);
  }
  return { flags, values, operands };
}

/** @throws UsageError when it is missing. */
export function demandValue(options: ProgramOptions, name: string): string {
  const value = options.values.get(name);
  if (value === undefined) throw new UsageError(`option ${name} is missing`);
  return value;
}
