import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program that takes the two commands of GitHub's `gh` as its manual has them, and notes how it was called. */
export interface FakeGh {
  readonly program: string;
  /** The words of every call, a line each. */
  calls(): string;
  /** Value by name, as it came by standard input. */
  secrets(): Readonly<Record<string, string>>;
}

const SOURCE = `#!/bin/sh
folder=$(dirname "$0")
printf '%s\\n' "$*" >>"$folder/calls"
case "$1 $2 $#" in
  'secret list 6')
    [ "$3 $5" = '--env --json' ] || exit 1
    separator=
    printf '['
    for file in "$folder"/secret-*; do
      [ -e "$file" ] || continue
      printf '%s{"name":"%s","updatedAt":"%s"}' "$separator" "\${file##*/secret-}" "$(date -u -r "$file" +%Y-%m-%dT%H:%M:%SZ)"
      separator=,
    done
    printf ']'
    ;;
  'secret set 5')
    [ "$4" = --env ] || exit 1
    cat >"$folder/secret-$3"
    ;;
  *) exit 1 ;;
esac
`;

export function installFakeGh(folder: string): FakeGh {
  const program = join(folder, 'gh');
  writeFileSync(program, SOURCE);
  chmodSync(program, 0o755);
  const calls = join(folder, 'calls');
  return {
    program,
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8') : ''),
    secrets: () => {
      const files = readdirSync(folder).filter(name => name.startsWith('secret-'));
      return Object.fromEntries(
        files.map(name => [name.slice('secret-'.length), readFileSync(join(folder, name), 'utf8')]),
      );
    },
  };
}
