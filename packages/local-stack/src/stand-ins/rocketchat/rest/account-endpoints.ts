import * as z from 'zod';
import type { StandInReply } from '../../stand-in-server.ts';
import type { UserAccounts } from '../actions/user-accounts.ts';
import type { Endpoint } from './chat-endpoints.ts';
import { ChatFailure, success } from './chat-replies.ts';
import { CREATE_TOKENS, type Permissions } from './permissions.ts';

/** What a user does with an account of their own. */
export interface AccountEndpointsOptions {
  readonly accounts: UserAccounts;
  readonly permissions: Permissions;
  readonly newToken: () => string;
}

const LogIn = z.object({ user: z.string(), password: z.string() });
const TokenName = z.object({ tokenName: z.string() });

export function accountEndpoints({ accounts, permissions, newToken }: AccountEndpointsOptions) {
  const endpoints: Record<string, Endpoint> = {
    async 'POST users.generatePersonalAccessToken'({ caller, body }) {
      if (!permissions.has(caller, CREATE_TOKENS)) throw new ChatFailure('not-authorized', 'Not Authorized');
      const token = newToken();
      await accounts.addToken(caller, TokenName.parse(body).tokenName, token);
      return success({ token });
    },
  };
  return {
    endpoints,
    /** `POST login`, the one endpoint for somebody who has no token yet. */
    async logIn(body: unknown): Promise<StandInReply> {
      const asked = LogIn.safeParse(body);
      const authToken = newToken();
      const user = asked.success ? await accounts.logIn(asked.data.user, asked.data.password, authToken) : undefined;
      if (user === undefined) {
        return { status: 401, body: { status: 'error', error: 'Unauthorized', message: 'Unauthorized' } };
      }
      const { _id: userId, username, name, roles, active } = user;
      const me = { _id: userId, username, name, roles, active };
      return { status: 200, body: { status: 'success', data: { userId, authToken, me } } };
    },
  };
}
