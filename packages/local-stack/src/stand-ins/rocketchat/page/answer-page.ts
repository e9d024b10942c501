import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../../stand-in-server.ts';
import type { ActionContext } from '../actions/action-context.ts';
import type { RoomMembership } from '../actions/room-membership.ts';
import type { UserAccounts } from '../actions/user-accounts.ts';
import { setUpRoom } from '../control/set-up.ts';
import type { UserDocument } from '../store/documents.ts';
import type { LiveUpdates } from './live-updates.ts';
import { pageFile } from './page-files.ts';
import type { PageViews } from './page-views.ts';

/**
 * The page for people and what it reads, under `/` and `/page/`. Whoever opens it says who they are: there are no
 * passwords, the server listens to its own machine only. What they do goes to `/_control/as/<user id>/<action>`.
 */
export interface AnswerPageOptions {
  readonly context: ActionContext;
  readonly membership: RoomMembership;
  readonly accounts: UserAccounts;
  readonly views: PageViews;
  readonly live: LiveUpdates;
  readonly botUserId: string;
}

const NewPerson = z.object({ name: z.string().trim().min(1).max(60) });
/** Where a new server puts everybody. */
const DEFAULT_CHANNEL = { id: 'GENERAL', name: 'general' };
const EVENT_STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

export function answerPage({ context, membership, accounts, views, live, botUserId }: AnswerPageOptions) {
  const { reads, newId } = context;

  const welcome = async (name: string): Promise<StandInReply> => {
    const username = await freeUsername(name);
    const id = newId();
    await accounts.put({ id, username, name, roles: ['user'] });
    const person = await reads.user(id);
    const channel =
      (await reads.room(DEFAULT_CHANNEL.id)) ??
      (await setUpRoom(context, membership, DEFAULT_CHANNEL.id, {
        t: 'c',
        name: DEFAULT_CHANNEL.name,
        memberIds: [botUserId],
      }));
    if (person !== undefined) await membership.join(person, channel);
    return { status: 200, body: { id, username, name, isAssistant: false } };
  };

  const freeUsername = async (name: string): Promise<string> => {
    const wanted = usernameOf(name);
    const isTaken = (await reads.userNamed(wanted)) !== undefined;
    return isTaken ? `${wanted}.${newId().slice(0, 4).toLowerCase()}` : wanted;
  };

  const show = async (viewer: UserDocument, what: string, id: string): Promise<StandInReply> => {
    if (what === '') return { status: 200, body: await views.view(viewer) };
    if (what === 'live') return { status: 200, body: live.follow(viewer), headers: EVENT_STREAM };
    const room = what === 'rooms' ? await views.room(viewer, id) : undefined;
    return room === undefined ? notFound : { status: 200, body: room };
  };

  return async ({ method, url, body }: StandInRequest): Promise<StandInReply> => {
    const [, , kind = '', userId = '', what = '', id = ''] = url.pathname.split('/').map(decodeURIComponent);
    switch (`${method} ${kind}`) {
      case 'GET people':
        return { status: 200, body: await views.people() };
      case 'POST people': {
        const person = NewPerson.safeParse(parseJson(body));
        return person.success ? welcome(person.data.name) : { status: 400, body: { error: 'a name of 1 to 60 signs' } };
      }
      case 'GET as': {
        const viewer = await reads.user(userId);
        return viewer?.active === true ? show(viewer, what, id) : notFound;
      }
      default:
        return (method === 'GET' ? await pageFile(url.pathname) : undefined) ?? notFound;
    }
  };
}

const notFound: StandInReply = { status: 404, body: { error: 'not found' } };

/** As people write their own: `Marta Nováková` becomes `marta.novakova`. */
function usernameOf(name: string): string {
  const letters = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  const username = letters.replace(/[^\p{L}\p{N}]+/gu, '.').replace(/^\.|\.$/gu, '');
  return username === '' ? 'somebody' : username;
}
