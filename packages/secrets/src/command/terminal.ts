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
  /** From a prompt that shows nothing, or all of standard input without the line break at its end. */
  readSecret(prompt: string): Promise<Secret>;
}

export interface Streams {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly out: Writable;
  readonly err: Writable;
}

export function terminal({ input, out, err }: Streams): Terminal {
  const isInteractive = input.isTTY === true;
  const ask = async (question: string, output: Writable): Promise<string> => {
    const lines = createInterface({ input, output, terminal: true });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  };
  return {
    out,
    err,
    isInteractive,
    confirm: async question => (await ask(`${question} (yes/no) `, err)).trim() === 'yes',
    async readSecret(prompt) {
      if (!isInteractive) return new Secret((await readAll(input)).replace(/\r?\n$/u, ''));
      err.write(prompt);
      const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
      const typed = await ask('', hidden);
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
