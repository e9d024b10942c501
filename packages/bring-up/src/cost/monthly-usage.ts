/** How big the company is. Everything else is counted from it. */
export interface Company {
  readonly homes: number;
  readonly callsPerDay: number;
  readonly chatMessagesPerDay: number;
  readonly questionsPerDay: number;
}

/** The company that the demo plays, ten times as large. */
export const USUAL_COMPANY: Company = { homes: 100, callsPerDay: 80, chatMessagesPerDay: 1_000, questionsPerDay: 150 };

/** What a month of it is to the vendors. Counted along the code's way, and rounded up. */
export interface MonthlyUsage {
  readonly webhooks: number;
  readonly firestoreReads: number;
  readonly firestoreWrites: number;
  readonly firestoreDeletes: number;
  readonly firestoreGigabytes: number;
  readonly workerRequests: number;
  readonly queueOperations: number;
  readonly durableRequests: number;
  readonly embeddedTokens: number;
  readonly modelTokensIn: number;
  readonly modelTokensOut: number;
  readonly functionSeconds: number;
  readonly chatGibibytes: number;
  readonly backupHours: number;
  readonly backupGigabytes: number;
  readonly logGibibytes: number;
}

const DAYS = 30.4;
/** A booking is made, changed, paid, and spoken of with its guest: webhooks per home and day. */
const WEBHOOKS_PER_HOME = 8;
/** Created, answered, ended, tagged, commented. */
const WEBHOOKS_PER_CALL = 5;
/** The event as received, the record, the index's own note; reads for versions and links. */
const WRITES_PER_CHANGE = 3;
const READS_PER_CHANGE = 4;
/** One Worker every minute for the bucket, one every five for gaps, at both vendors; the assistant every minute. */
const CRON_RUNS_PER_DAY = 2 * (1_440 + 288) + 1_440;
/** A queue bills writing, reading and deleting each message. */
const OPERATIONS_PER_MESSAGE = 3;
/** Bookings and calls of the days a question is about, homes, people. */
const READS_PER_QUESTION = 200;
/** A question goes through its conversation, the room's outbox, the asker's allowance. */
const OBJECTS_PER_QUESTION = 8;
const TOKENS_PER_CHANGE = 250;
/** Half of the questions are answered by code alone. */
const MODEL_SHARE = 0.5;
const MODEL_TOKENS_IN = 3_000;
const MODEL_TOKENS_OUT = 300;
const SECONDS_PER_CHANGE = 0.3;
const KILOBYTES_PER_RECORD = 12;
const RECORDS_PER_HOME = 600;
const GIBIBYTES_PER_MESSAGE = 4 / 1024 / 1024;
/** Chat, uploads and what retention keeps of them. */
const BACKUP_GIGABYTES_PER_HOME = 0.5;
const LOG_KIBIBYTES_PER_CHANGE = 6;

export function monthlyUsage(company: Company): MonthlyUsage {
  const webhooks = Math.ceil((company.homes * WEBHOOKS_PER_HOME + company.callsPerDay * WEBHOOKS_PER_CALL) * DAYS);
  const messages = Math.ceil(company.chatMessagesPerDay * DAYS);
  const questions = Math.ceil(company.questionsPerDay * DAYS);
  const changes = webhooks + messages;
  const crons = Math.ceil(CRON_RUNS_PER_DAY * DAYS);
  return {
    webhooks,
    firestoreReads: changes * READS_PER_CHANGE + questions * READS_PER_QUESTION + crons * 2,
    firestoreWrites: changes * WRITES_PER_CHANGE + questions * 2,
    firestoreDeletes: changes,
    firestoreGigabytes: (company.homes * RECORDS_PER_HOME * KILOBYTES_PER_RECORD) / 1e6 + 1,
    workerRequests: webhooks + questions + crons,
    queueOperations: webhooks * OPERATIONS_PER_MESSAGE,
    durableRequests: questions * OBJECTS_PER_QUESTION + webhooks + crons,
    embeddedTokens: changes * TOKENS_PER_CHANGE + questions * 20,
    modelTokensIn: Math.ceil(questions * MODEL_SHARE) * MODEL_TOKENS_IN,
    modelTokensOut: Math.ceil(questions * MODEL_SHARE) * MODEL_TOKENS_OUT,
    functionSeconds: Math.ceil(changes * SECONDS_PER_CHANGE),
    chatGibibytes: messages * GIBIBYTES_PER_MESSAGE,
    backupHours: Math.ceil(DAYS),
    backupGigabytes: company.homes * BACKUP_GIGABYTES_PER_HOME,
    logGibibytes: (changes * LOG_KIBIBYTES_PER_CHANGE) / 1024 / 1024,
  };
}
