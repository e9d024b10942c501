import { readFileSync } from 'node:fs';

/** What a page of instructions tells a person to type. */
export interface Runbook {
  /** Blocks marked `sh executed`, under the heading they stand below, in order. */
  readonly steps: readonly { readonly heading: string; readonly commands: string }[];
  /** Names of the variables in its first block of settings. */
  readonly settings: readonly string[];
}

export function readRunbook(file: string): Runbook {
  const steps: { heading: string; commands: string }[] = [];
  const settings: string[][] = [];
  let heading = '';
  let block: { readonly language: string; readonly lines: string[] } | undefined;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const fence = /^```(?<language>.*)$/u.exec(line)?.groups?.['language'];
    if (fence === undefined) {
      if (block === undefined) heading = /^## (.*)$/u.exec(line)?.[1] ?? heading;
      else block.lines.push(line);
    } else if (block === undefined) block = { language: fence, lines: [] };
    else {
      if (block.language === 'sh executed') steps.push({ heading, commands: block.lines.join('\n') });
      if (block.language === 'env') settings.push(block.lines.map(setting => setting.split('=', 1)[0] ?? ''));
      block = undefined;
    }
  }
  return { steps, settings: settings[0] ?? [] };
}
