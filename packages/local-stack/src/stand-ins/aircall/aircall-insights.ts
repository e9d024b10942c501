import * as z from 'zod';
import type { StandInReply } from '../stand-in-server.ts';
import { aircallError } from './aircall-pages.ts';

/** Conversation intelligence: under each call five routes, each there once something was put in. */
const INSIGHT_ROUTES = ['transcription', 'summary', 'topics', 'sentiments', 'action_items'];

export const AircallInsight = z.looseObject({});
export type AircallInsight = z.infer<typeof AircallInsight>;

export const isInsightRoute = (route: string): boolean => INSIGHT_ROUTES.includes(route);

/** Key of a row: an insight has no id of its own in the API. */
export const insightKey = (callId: string, route: string): string => `${callId}/${route}`;

/** Answers wrap the insight in its name in the singular. */
const wrappers: Readonly<Record<string, string>> = {
  topics: 'topic',
  sentiments: 'sentiment',
  action_items: 'action_item',
};

export function readInsight(insight: AircallInsight | undefined, callId: string, route: string): StandInReply {
  if (insight === undefined) return aircallError(404, 'Not Found', `no ${route} of this call`);
  const wrapper = wrappers[route] ?? route;
  return { status: 200, body: { [wrapper]: { call_id: Number(callId), ...insight } } };
}
