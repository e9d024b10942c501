/** The narrowest scope that reaches what a token is for; each opens one API and nothing else. */
export const FIRESTORE_SCOPE = 'https://www.googleapis.com/auth/datastore';
export const LOG_WRITING_SCOPE = 'https://www.googleapis.com/auth/logging.write';

export type GoogleScope = typeof FIRESTORE_SCOPE | typeof LOG_WRITING_SCOPE;
