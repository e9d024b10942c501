import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { composeMarkdown } from './compose-markdown.ts';

/** Step of scripts/generate-diff.sh: a difference from standard input as Markdown on standard output. */
const { values } = parseArgs({
  options: { environment: { type: 'string', default: '' }, compared: { type: 'string', default: '' } },
});
process.stdout.write(composeMarkdown({ ...values, text: await text(process.stdin) }));
