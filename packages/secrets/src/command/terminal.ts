import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { Secret } from '@innkeeper/shared/config/secret';

/** Where a command speaks with whoever runs it. */
export interface Terminal {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown };
  /** Whether somebody is there who can answer. */
  readonly isInteractive: boolean;
  /** `true` for "yes" alone. */
  confirm(question: string): Promise<boolean>;
  /**
   * From a prompt that shows nothing: one line, or all up to one like `lastLine`. Where nobody types, all of standard
   * input without the line break at its end. Empty when it was broken off.
   */
  readSecret(prompt: string, lastLine?: RegExp): Promise<Secret>;
}

export interface Streams {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly out: Writable;
  readonly err: Writable;
}

export function terminal({ input, out, err }: Streams): Terminal {
  const isInteractive = input.isTTY === true;
  const ask = async (question: string): Promise<string> => {
    const lines = createInterface({ input, output: err, terminal: true });
    try {
      return await lines.question(question);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') return ''; // Ctrl-C or Ctrl-D: no answer.
      throw error;
    } finally {
      lines.close();
    }
  };
  const readUnseen = async (isLast: (line: string) => boolean): Promise<string> => {
    const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input, output: hidden, terminal: true });
    const typed: string[] = [];
    for await (const line of lines) {
      typed.push(line);
      // What was pasted behind it goes nowhere, least of all to the shell.
      if (isLast(line)) return typed.join('\n');
    }
    return '';
  };
  return {
    out,
    err,
    isInteractive,
    confirm: async question => (await ask(`${question} (yes/no) `)).trim() === 'yes',
    async readSecret(prompt, lastLine = /^/u) {
      if (!isInteractive) return new Secret((await readAll(input)).replace(/\r?\n$/u, ''));
      err.write(prompt);
      const typed = await readUnseen(line => lastLine.test(line));
      err.write('\n');
      return new Secret(typed);
    },
  };
}

async function readAll(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
