import { isServed } from './services.ts';
import type { Backing, Suite } from './suites.ts';

/** The table of `services/README.md`: what each suite runs on. Pure. */
const START = '<!-- suites: written by scripts/nightly/suites-table.ts -->';
const END = '<!-- end of suites -->';

export function suitesTable(suites: readonly Suite[]): string {
  const ports = [...new Set(suites.map(({ port }) => port))];
  return [
    '| port, or what is relied on | in memory | on a real server at night | on what is here |',
    '| --- | --- | --- | --- |',
    ...ports.map(port => {
      const own = suites.filter(suite => suite.port === port);
      const cells = [
        own.filter(({ on }) => on === 'memory').map(linkTo),
        byBacking(own.filter(({ on }) => isServed(on))),
        byBacking(own.filter(({ on }) => on !== 'memory' && !isServed(on))),
      ];
      return `| ${[port, ...cells.map(cell => cell.join(', ') || '–')].join(' | ')} |`;
    }),
  ].join('\n');
}

/** `undefined` when the text has no place for it. */
export function replaceSuitesTable(markdown: string, table: string): string | undefined {
  const [start, end] = [markdown.indexOf(START), markdown.indexOf(END)];
  if (start === -1 || end < start) return undefined;
  return `${markdown.slice(0, start + START.length)}\n${table}\n${markdown.slice(end)}`;
}

function byBacking(suites: readonly Suite[]): string[] {
  const backings = [...new Set(suites.map(({ on }): Backing => on))];
  return backings.map(backing => {
    const links = suites.filter(({ on }) => on === backing).map(linkTo);
    return `${backing}: ${links.join(', ')}`;
  });
}

const linkTo = ({ file }: Suite): string =>
  `[${file.slice(file.lastIndexOf('/') + 1).replace('.test.ts', '')}](../${file})`;
