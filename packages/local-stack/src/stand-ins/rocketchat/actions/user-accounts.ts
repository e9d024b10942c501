import { createHash } from 'node:crypto';
import type { Document } from 'mongodb';
import type { UserDocument } from '../store/documents.ts';
import type { ActionContext } from './action-context.ts';

/** The people and bots of the server. */
export interface UserAccounts {
  /** Made or changed; whoever had the username before is gone. */
  put(account: Account): Promise<void>;
  /** Somebody deactivated keeps messages and rooms, and can do nothing any more. */
  setActive(user: UserDocument, active: boolean): Promise<void>;
  /** The user of a personal access token, or of a token of somebody who has logged in. */
  authenticate(userId: string, authToken: string): Promise<UserDocument | undefined>;
  /** Under this password; undefined where it is wrong or there is none. */
  logIn(username: string, password: string, authToken: string): Promise<UserDocument | undefined>;
  /** Beside those there are. */
  addToken(user: UserDocument, name: string, authToken: string): Promise<void>;
}

export interface Account {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** A user without one cannot call the API. */
  readonly authToken?: string | undefined;
  /** A user without one cannot log in. */
  readonly password?: string | undefined;
}

export function userAccounts({ database, reads, now }: ActionContext): UserAccounts {
  const { users } = database;
  const keepToken = async ({ _id }: UserDocument, token: Document): Promise<void> => {
    await users.updateOne({ _id }, { $push: { 'services.resume.loginTokens': token as never } });
  };

  return {
    async put({ id, username, name, roles, authToken, password }) {
      const at = now();
      const loginTokens =
        authToken === undefined
          ? []
          : [{ type: 'personalAccessToken', createdAt: at, name: 'rest', hashedToken: hash(authToken) }];
      const account = {
        username,
        name,
        type: roles.includes('bot') ? 'bot' : 'user',
        roles: [...roles],
        status: 'online',
        active: true,
        services: {
          resume: { loginTokens },
          // The real server's is bcrypt's; nobody but this file reads it.
          ...(password === undefined ? {} : { password: { sha256: hash(password) } }),
        },
        _updatedAt: at,
      };
      await users.deleteMany({ username, _id: { $ne: id } });
      await users.updateOne({ _id: id }, { $set: account, $setOnInsert: { createdAt: at } }, { upsert: true });
    },
    async setActive(user, active) {
      const $set = { active, _updatedAt: now() };
      const update = active ? { $set } : { $set, $unset: { 'services.resume.loginTokens': 1 as const } };
      await users.updateOne({ _id: user._id }, update);
    },
    async authenticate(userId, authToken) {
      const held = await users.findOne({
        _id: userId,
        active: true,
        'services.resume.loginTokens.hashedToken': hash(authToken),
      });
      return held === null ? undefined : reads.user(userId);
    },
    async logIn(username, password, authToken) {
      const held = await users.findOne({ username, active: true, 'services.password.sha256': hash(password) });
      const user = held === null ? undefined : await reads.user(held._id);
      if (user !== undefined) await keepToken(user, { when: now(), hashedToken: hash(authToken) });
      return user;
    },
    addToken: (user, name, authToken) =>
      keepToken(user, { type: 'personalAccessToken', createdAt: now(), name, hashedToken: hash(authToken) }),
  };
}

/** As Meteor keeps login tokens. */
const hash = (token: string): string => createHash('sha256').update(token).digest('base64');
