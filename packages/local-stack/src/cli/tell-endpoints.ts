import type { StackFile } from '../supervisor/stack-file.ts';

/** What a person needs to know about a stack that has just become ready. */
export function tellEndpoints({ endpoints, components }: StackFile): void {
  const rows = [
    ['team chat', components.rocketchat.page ?? components.rocketchat.url],
    ['Guesty webhook', endpoints.guestyWebhook.url],
    ['Aircall webhook', endpoints.aircallWebhook.url],
    ['questions', endpoints.rocketchatQuestion.url],
    ['backup launch', endpoints.backupLaunch.url],
    ['Firestore', components.firestore.host],
    ['Qdrant', components.qdrant.url],
    ['MongoDB', components.mongodb.uri],
    ['Groq', components.groq.url],
  ];
  console.log('\nEverything is ready. Ctrl-C stops it.\n');
  for (const [name = '', address = ''] of rows) console.log(`  ${name.padEnd(16)} ${address}`);
  console.log('\n  ./dev ask "who is checking in today and at what time?"      ./dev status\n');
  console.log('  curl -X POST %s      ./dev backups status\n', endpoints.backupLaunch.url);
}
