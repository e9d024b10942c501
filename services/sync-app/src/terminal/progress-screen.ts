import { formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { Output } from '../command-line/run-command.ts';
import { printable } from './table.ts';

/** How far several things are at the same time: bars that move on a terminal, elsewhere one line of JSON per change. */
export interface Progress {
  readonly name: string;
  readonly done: number;
  /** Absent while nobody knows. */
  readonly total?: number;
  readonly perSecond?: number;
  readonly note?: string;
}

export interface ProgressScreen {
  show(all: readonly Progress[]): void;
  /** Leaves what was shown last. */
  end(): void;
}

export function progressScreen(output: Output, event: string): ProgressScreen {
  return output.isTTY === true ? barsOn(output) : linesOn(output, event);
}

const CLEAR_LINE = '\u001B[2K';

function barsOn(output: Output): ProgressScreen {
  let shown = 0;
  return {
    show(all) {
      const up = shown === 0 ? '' : `\u001B[${shown}A`;
      output.write(`${up}${all.map(progress => `${CLEAR_LINE}${progressBar(progress)}\n`).join('')}`);
      shown = all.length;
    },
    end() {
      shown = 0;
    },
  };
}

function linesOn(output: Output, event: string): ProgressScreen {
  const last = new Map<string, string>();
  return {
    show(all) {
      for (const progress of all) {
        const line = JSON.stringify({ event, ...progress, ...timeLeft(progress) });
        const { perSecond: _rate, ...standing } = progress;
        const known = JSON.stringify(standing); // a rate alone is no change
        if (last.get(progress.name) !== known) output.write(`${line}\n`);
        last.set(progress.name, known);
      }
    },
    end() {
      last.clear();
    },
  };
}

const BAR_WIDTH = 24;
const NAME_WIDTH = 24;

/** `guesty reservations      ██████──────  43 %  120 of 280  12/s  13 s left  note`. Pure. */
export function progressBar(progress: Progress): string {
  const { name, done, total, perSecond, note } = progress;
  const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
  const full = Math.round((share ?? 0) * BAR_WIDTH);
  const { secondsLeft } = timeLeft(progress);
  return [
    printable(name).padEnd(NAME_WIDTH),
    `${'█'.repeat(full)}${'─'.repeat(BAR_WIDTH - full)}`,
    share === undefined ? '     ' : `${String(Math.floor(share * 100)).padStart(3)} %`,
    total === undefined ? count(done) : `${count(done)} of ${count(total)}`,
    ...(perSecond === undefined || perSecond === 0 ? [] : [`${rate(perSecond)}/s`]),
    ...(secondsLeft === undefined || secondsLeft === 0 ? [] : [`${formatDuration(secondsLeft * 1000)} left`]),
    ...(note === undefined ? [] : [printable(note)]),
  ].join('  ');
}

function timeLeft({ done, total, perSecond = 0 }: Progress): { readonly secondsLeft?: number } {
  if (total === undefined || perSecond === 0) return {};
  return { secondsLeft: Math.ceil(Math.max(0, total - done) / perSecond) };
}

const count = (figure: number): string => figure.toLocaleString('en-GB');
const rate = (perSecond: number): string => (perSecond < 9.95 ? perSecond.toFixed(1) : String(Math.round(perSecond)));
