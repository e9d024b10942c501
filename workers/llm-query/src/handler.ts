import type { Secret } from '@innkeeper/shared/config/secret';
import { matchesAny } from '@innkeeper/shared/http-edge/constant-time-equal';
import type { ReceivedPost } from '@innkeeper/shared/http-edge/json-post-edge';
import { createJsonPostEdge } from '@innkeeper/shared/http-edge/json-post-edge';
import { parseJsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { Refusal } from '@innkeeper/shared/http-edge/refusal';
import type { Log } from '@innkeeper/shared/log/log';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { conversationKey } from './conversation/conversation-key.ts';
import type { OfferedQuestion } from './conversation/offered-question.ts';
import { textHash } from './conversation/text-hash.ts';
import { OutgoingWebhook, utteranceOf } from './payload.ts';
import type { Addressing } from './who-is-answered.ts';
import { whoIsAnswered } from './who-is-answered.ts';

/**
 * `POST /questions`: every message of the rooms the integration watches. Answers `200 {}` once a question is stored
 * durably or a message is none of ours; never an empty body, 410 or 500, which Rocket.Chat would retry or take as an
 * order to switch the integration off.
 */
export interface QuestionEdge {
  readonly tokens: readonly Secret[];
  readonly addressing: Addressing;
  /** Stores durably before it resolves; rejects when it could not. */
  readonly offer: (conversation: string, question: OfferedQuestion) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

/** A chat message has at most 5,000 characters; the rest is room for names and escapes. */
const BODY_BYTES_MAX = 64 * 1024;

export function createQuestionEdge(edge: QuestionEdge): (request: Request) => Promise<Response> {
  return createJsonPostEdge({
    path: '/questions',
    bodyBytesMax: BODY_BYTES_MAX,
    rejectedEvent: 'question.rejected',
    log: edge.log,
    accept: post => acceptMessage(post, edge),
  });
}

async function acceptMessage(post: ReceivedPost, edge: QuestionEdge): Promise<Result<Response, Refusal>> {
  const acceptedAt = edge.now();
  const json = parseJsonObject(post.body);
  if (!json.ok) return json;
  const { token, ...rest } = json.value;
  const accepted = edge.tokens.map(secret => secret.reveal());
  if (typeof token !== 'string' || !(await matchesAny(token, accepted))) return err('unauthorised');

  const body = OutgoingWebhook.safeParse(rest);
  // Authentic, but a file upload, a room event or something newer: refusing would make Rocket.Chat send it again.
  if (!body.success) return ok(settled());
  const utterance = utteranceOf(body.data);
  const addressed = whoIsAnswered(utterance, edge.addressing);
  if (addressed.to === 'others') return ok(settled());

  const question: OfferedQuestion = {
    utterance,
    by: addressed.by,
    question: addressed.question,
    textHash: await textHash(utterance.text),
    acceptedAt,
  };
  try {
    await edge.offer(conversationKey(utterance), question);
  } catch (error) {
    edge.log.error('question.not_stored', { reason: error instanceof Error ? error.name : 'unknown' });
    return err('not_accepted');
  }
  return ok(settled());
}

const settled = (): Response => Response.json({}, { headers: { 'cache-control': 'no-store' } });
