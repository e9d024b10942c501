import * as z from 'zod/mini';
import type { Utterance } from '../../domain/call.ts';
import { isJsonObject } from '../../http-edge/parse-json-object.ts';

/**
 * What Aircall's conversation intelligence says about a call, from the answers of its five routes. Their inner form is
 * barely documented and differs between accounts, so each is looked for in the places where it has been seen; an answer
 * in none of them is `undefined`. Pure.
 */
export interface Transcript {
  readonly language?: string;
  readonly utterances: readonly Utterance[];
}

const Utterances = z.object({
  language: z.catch(z.optional(z.string()), undefined),
  utterances: z.array(
    z.object({
      text: z.string(),
      start_time: z.catch(z.optional(z.number().check(z.nonnegative())), undefined),
      participant_type: z.catch(z.optional(z.string()), undefined),
    }),
  ),
});

/** `{transcription: {content: {language, utterances: […]}}}` */
export function transcriptFrom(answer: unknown): Transcript | undefined {
  const content = Utterances.safeParse(contentOf(answer, 'transcription'));
  if (!content.success) return undefined;
  const { language, utterances } = content.data;
  return {
    ...(language === undefined ? {} : { language }),
    utterances: utterances
      .filter(({ text }) => text.trim() !== '')
      .map(({ text, start_time, participant_type }) => ({
        by: speakerOf(participant_type),
        ...(start_time === undefined ? {} : { atSeconds: start_time }),
        text: text.trim(),
      })),
  };
}

function speakerOf(participant: string | undefined): Utterance['by'] {
  if (participant === 'external' || participant === 'customer') return 'guest';
  return participant === 'internal' || participant === 'agent' || participant === 'ai_voice_agent' ? 'team' : 'unknown';
}

/** `{summary: {content: "…"}}` */
export function summaryFrom(answer: unknown): string | undefined {
  return textsOf(contentOf(answer, 'summary'))?.join('\n');
}

/** `{topic: {content: ["…"]}}` */
export function topicsFrom(answer: unknown): string[] | undefined {
  return textsOf(contentOf(answer, 'topic', 'topics'));
}

/** `{action_item: {content: ["…"]}}` */
export function actionItemsFrom(answer: unknown): string[] | undefined {
  return textsOf(contentOf(answer, 'action_item', 'action_items'));
}

/** `{sentiment: {participants: [{type, value}]}}`: the guest's, else the first there is. */
export function sentimentFrom(answer: unknown): string | undefined {
  const root = under(answer, 'sentiment', 'sentiments');
  if (typeof root === 'string') return textsOf(root)?.[0];
  const said = isJsonObject(root) ? (root['participants'] ?? root['content'] ?? [root]) : root;
  const participants = (Array.isArray(said) ? said : [said]).filter(isJsonObject);
  const guest = participants.find(one => speakerOf(textOf(one['participant_type'] ?? one['type'])) === 'guest');
  const one = guest ?? participants[0];
  return textOf(one?.['value']) ?? textOf(one?.['sentiment']);
}

/** The value under one of the names, or the answer itself where it is not wrapped. */
function under(answer: unknown, ...names: readonly string[]): unknown {
  if (!isJsonObject(answer)) return answer;
  const name = names.find(candidate => Object.hasOwn(answer, candidate));
  return name === undefined ? answer : answer[name];
}

function contentOf(answer: unknown, ...names: readonly string[]): unknown {
  const root = under(answer, ...names);
  return isJsonObject(root) && Object.hasOwn(root, 'content') ? root['content'] : root;
}

/** A text, or a list of texts or of things with one. `undefined` where there is neither. */
function textsOf(content: unknown): string[] | undefined {
  const list: readonly unknown[] = Array.isArray(content) ? content : [content];
  const texts = list.map(item =>
    isJsonObject(item) ? textOf(item['content'] ?? item['name'] ?? item['title'] ?? item['text']) : textOf(item),
  );
  return texts.every(text => text !== undefined) ? texts.filter(text => text !== '') : undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value.trim() : undefined);
