import type { StackFile } from '../supervisor/stack-file.ts';

/** What a person needs to know about a stack that has just become ready. */
export function tellEndpoints({ endpoints, components }: StackFile): void {
  const rows = [
    ['Guesty webhook', endpoints.guestyWebhook.url],
    ['Aircall webhook', endpoints.aircallWebhook.url],
    ['questions', endpoints.rocketchatQuestion.url],
    ['Firestore', components.firestore.host],
    ['Qdrant', components.qdrant.url],
    ['Rocket.Chat', components.rocketchat.url],
    ['Groq', components.groq.url],
  ];
  console.log('\nEverything is ready. Ctrl-C stops it.\n');
  for (const [name = '', address = ''] of rows) console.log(`  ${name.padEnd(16)} ${address}`);
  console.log('\n  ./dev ask "who is checking in today and at what time?"      ./dev status\n');
}
