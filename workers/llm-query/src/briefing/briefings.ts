import { DurableObject } from 'cloudflare:workers';
import type { Bindings } from '../ports-of-environment.ts';
import { portsOf } from '../ports-of-environment.ts';
import { NewsBook } from './news-book.ts';
import { PostBook } from './post-book.ts';
import { runRound } from './run-round.ts';

/**
 * Durable Object that briefs rooms, for the whole company. The Worker's cron calls `round` every minute; whatever a
 * round leaves undone is the next one's work, so no alarm is needed.
 */
export class Briefings extends DurableObject<Bindings> {
  readonly #books: { readonly posts: PostBook; readonly news: NewsBook };
  /** One at a time: a cron that comes while a round still waits for an answer joins it. */
  #round: Promise<void> | undefined;

  constructor(state: DurableObjectState, environment: Bindings) {
    super(state, environment);
    const { sql } = state.storage;
    this.#books = { posts: new PostBook(sql), news: new NewsBook(sql) };
  }

  round(): Promise<void> {
    this.#round ??= runRound(this.#books, portsOf(this.env)).finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }
}

/** The one object of this class. */
export const BRIEFINGS_NAME = 'fleet';
