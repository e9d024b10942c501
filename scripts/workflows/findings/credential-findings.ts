import type { Finding } from '@innkeeper/github-reports/issues/finding';
import * as z from 'zod';

/** What `./dev secrets reminders --json` says: never a value. */
const Reminders = z.array(z.object({ id: z.string(), sentence: z.string(), next: z.string() }));

/** One issue for all credentials of an environment that are old or about to expire. Pure; `text` is what it printed. */
export function credentialFindings(environment: string, text: string): Finding[] {
  const reminders = parse(text);
  if (reminders === undefined) {
    return [
      {
        key: 'credentials-unknown',
        title: `${environment}: nobody knows when the credentials run out`,
        body: `\`./dev secrets reminders --env ${environment}\` did not say. **Next step:** run it on a laptop.`,
      },
    ];
  }
  if (reminders.length === 0) return [];
  const count = reminders.length === 1 ? 'a credential is' : `${reminders.length} credentials are`;
  const lines = reminders.map(({ sentence, next }) => `- [ ] ${sentence} Next: ${next}.`);
  return [
    {
      key: 'credentials',
      title: `${environment}: ${count} to be renewed`,
      body: ['`terraform/README.md` and `secrets/` say how. The oldest matters most.', '', ...lines].join('\n'),
    },
  ];
}

function parse(text: string): z.infer<typeof Reminders> | undefined {
  try {
    return Reminders.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Said as a finding of its own.
  }
}
