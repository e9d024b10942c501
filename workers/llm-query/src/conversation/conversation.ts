import { DurableObject } from 'cloudflare:workers';
import { DeliveryLog } from '../deliver/delivery-log.ts';
import type { Bindings } from '../ports-of-environment.ts';
import { portsOf } from '../ports-of-environment.ts';
import type { OfferedQuestion } from './offered-question.ts';
import { QuestionLog } from './question-log.ts';
import type { QuestionsInWork } from './questions-in-work.ts';
import { IN_WORK_NAME } from './questions-in-work.ts';
import { nextWorkAt, workOnQuestions } from './work-on-questions.ts';

/** After a crash the work goes on this late. An alarm that falls due while its handler still runs waits for its end. */
const RESUME_AFTER_MS = 2_000;
/** The list of work could not be reached: no hurry, only `GET /status` waits for it. */
const TELL_AGAIN_AFTER_MS = 30_000;
/** A thread nobody asked in for a month is forgotten; asked again, the assistant has to be mentioned again. */
const FORGET_AFTER_MS = 30 * 24 * 3_600_000;

export interface ConversationBindings extends Bindings {
  readonly QUESTIONS_IN_WORK: DurableObjectNamespace<QuestionsInWork>;
}

/**
 * Durable Object of one conversation (`conversation-key.ts`): takes a question in durably and at once, and does the work
 * from an alarm, which survives any crash. Before each round of work the alarm is armed again by hand, because the
 * platform stops repeating an alarm after six failures. Its questions are answered in order, one at a time; other
 * conversations run beside it.
 */
export class Conversation extends DurableObject<ConversationBindings> {
  #log: QuestionLog;

  constructor(state: DurableObjectState, environment: ConversationBindings) {
    super(state, environment);
    this.#log = new QuestionLog(state.storage.sql);
  }

  /** Resolves once the question is stored; what it resolves to is for tests and logs. */
  async offer(question: OfferedQuestion): Promise<ReturnType<QuestionLog['offer']>> {
    const acceptance = this.#log.offer(question);
    if (acceptance === 'new' || acceptance === 'edit') {
      const number = this.#log.takenNumber();
      await this.ctx.storage.setAlarm(Date.now());
      // The platform holds this call back until the question is on disk, so the list never names one that is not.
      await this.#tell(list => list.taken(this.#name, number));
    }
    return acceptance;
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + RESUME_AFTER_MS);
    const ports = portsOf(this.env);
    const books = { name: this.#name, log: this.#log, deliveries: new DeliveryLog(this.ctx.storage.sql) };
    await workOnQuestions(books, ports);
    const number = this.#log.takenNumber();
    const isIdle = this.#log.nextDueAt() === undefined;
    const isTold = !isIdle || (await this.#tell(list => list.settled(this.#name, number)));
    // Looked at again: while the list was told, another question may have come.
    const dueAt = nextWorkAt(books);
    await this.ctx.storage.setAlarm(dueAt ?? ports.now() + (isTold ? FORGET_AFTER_MS : TELL_AGAIN_AFTER_MS));
    if (dueAt === undefined && ports.now() - (this.#log.lastAcceptedAt() ?? 0) >= FORGET_AFTER_MS) {
      await this.ctx.storage.deleteAll();
      this.#log = new QuestionLog(this.ctx.storage.sql);
    }
  }

  get #name(): string {
    return this.ctx.id.toString();
  }

  /** The list serves `GET /status` only: a question is answered with or without it. False when it was not reached. */
  async #tell(what: (list: DurableObjectStub<QuestionsInWork>) => Promise<void>): Promise<boolean> {
    try {
      await what(this.env.QUESTIONS_IN_WORK.getByName(IN_WORK_NAME));
      return true;
    } catch (error) {
      portsOf(this.env).log.warn('work_list.not_told', { reason: error instanceof Error ? error.name : 'unknown' });
      return false;
    }
  }
}
