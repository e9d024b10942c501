import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program that takes two commands of GitHub's `gh`, as its manual has them, and notes how it was called. */
export interface FakeGh {
  readonly program: string;
  /** The words of every call, a line each. */
  calls(): string;
  /** Value by name, as it came by standard input. */
  secrets(environment: string): Readonly<Record<string, string>>;
  /** Somebody deletes a secret. */
  forget(environment: string, name: string): void;
  /** Somebody deletes a GitHub environment, or has not made it. */
  remove(environment: string): void;
}

const SOURCE = `#!/bin/sh
folder=$(dirname "$0")
not_found() {
  echo 'HTTP 404: Not Found (https://api.github.com/repositories/1/environments)' >&2
  exit 1
}
printf '%s\\n' "$*" >>"$folder/calls"
case "$1 $2 $#" in
  'secret list 6')
    [ "$3 $5" = '--env --json' ] || exit 1
    at=$folder/$4
    [ -d "$at" ] || not_found
    separator=
    printf '['
    for file in "$at"/*; do
      [ -e "$file" ] || continue
      set_at=$(date -u -r "$file" +%Y-%m-%dT%H:%M:%SZ)
      printf '%s{"name":"%s","updatedAt":"%s"}' "$separator" "\${file##*/}" "$set_at"
      separator=,
    done
    printf ']'
    ;;
  'secret set 5')
    [ "$4" = --env ] || exit 1
    [ -d "$folder/$5" ] || not_found
    cat >"$folder/$5/$3"
    ;;
  *) exit 1 ;;
esac
`;

export function installFakeGh(folder: string, environments: readonly string[]): FakeGh {
  const program = join(folder, 'gh');
  writeFileSync(program, SOURCE);
  chmodSync(program, 0o755);
  for (const environment of environments) mkdirSync(join(folder, environment));
  const calls = join(folder, 'calls');
  return {
    program,
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8') : ''),
    secrets: environment => {
      const at = join(folder, environment);
      return Object.fromEntries(readdirSync(at).map(name => [name, readFileSync(join(at, name), 'utf8')]));
    },
    forget: (environment, name) => rmSync(join(folder, environment, name)),
    remove: environment => rmSync(join(folder, environment), { recursive: true }),
  };
}
