import { describe, expect, it } from 'vitest';
import { codeLines, commandsOf, inlineCommands, unknownWords } from './guide-commands.ts';

describe('a line of shell', () => {
  it.each([
    ['./dev cost --env dev', [['./dev', 'cost', '--env', 'dev']]],
    [
      'read -rs A && export A',
      [
        ['read', '-rs', 'A'],
        ['export', 'A'],
      ],
    ],
    [
      '(cd ansible && A="$(gcloud x | cut -d , -f 1)" play -i b)',
      [
        ['cd', 'ansible'],
        ['play', '-i', 'b'],
        ['gcloud', 'x'],
        ['cut', '-d', ',', '-f', '1'],
      ],
    ],
    [
      'for w in a b; do T="$U" ./dev deploy --env dev || break; done',
      [['for', 'w', 'in', 'a', 'b'], ['./dev', 'deploy', '--env', 'dev'], ['break'], ['done']],
    ],
    [
      'sops decrypt f | jq \'{"a": (.b | c)}\' | ./dev secrets set d',
      [
        ['sops', 'decrypt', 'f'],
        ['jq', 'QUOTED'],
        ['./dev', 'secrets', 'set', 'd'],
      ],
    ],
  ])('%s', (line, expected) => {
    expect(commandsOf(line).map(({ program, words }) => [program, ...words])).toEqual(expected);
  });
});

it('a text has its commands in blocks and between backticks', () => {
  const text = 'Say `./dev a --b`.\n\n```\n./dev c\n\nd e\n```\n\n`f`\n';
  expect(codeLines(text)).toEqual(['./dev c', 'd e']);
  expect(inlineCommands(text)).toEqual(['./dev a --b']);
});

it('a word that no help has is found, and one that is part of another is none', () => {
  const help = 'Usage: ./dev secrets set NAME --env ENV [--dry-run]\n  status';
  expect(unknownWords(['set', 'NAME', '--env', 'dev', '--dry'], help)).toEqual(['--dry']);
  expect(unknownWords(['stat', '--dry-run'], help)).toEqual(['stat']);
});
