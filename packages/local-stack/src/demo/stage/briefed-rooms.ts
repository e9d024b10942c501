import { FRONT_DESK, MORNING_ROUND } from './cast.ts';

/** Who is briefed in the company's chat: the environment of a stack, with what the assistant is told about it. */
type Environment = Readonly<Record<string, string | undefined>>;

const ZONE = 'Europe/Lisbon';

/** The front desk, at its own hours; unless somebody says who is briefed or answered, or brings a chat of their own. */
export function briefedAtUsualHours(environment: Environment): Environment {
  const said = ['ASSISTANT_BRIEFINGS', 'ASSISTANT_SCOPES', 'INNKEEPER_CONFIG', 'ROCKETCHAT_URL'];
  if (said.some(variable => environment[variable] !== undefined)) return environment;
  return { ...environment, ...briefed(FRONT_DESK.name, { morning: '07:30', evening: '18:00' }) };
}

/**
 * The room of the story, due in the minute the company starts. While the room is not there the briefing waits for it, so
 * the story decides when it comes. A changed booking rests for a second instead of minutes.
 */
export function briefedFromNow(environment: Environment, now: Date): Environment {
  const morning = now.toLocaleTimeString('sv-SE', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
  return { ...environment, ...briefed(MORNING_ROUND.name, { morning }), ASSISTANT_NEWS_QUIET_SECONDS: '1' };
}

const briefed = (name: string, times: object): Environment => ({
  ASSISTANT_BRIEFINGS: JSON.stringify([{ room: `#${name}`, zone: ZONE, ...times, announce: true }]),
});
