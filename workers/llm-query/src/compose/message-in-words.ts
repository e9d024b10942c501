import { redact } from '@innkeeper/shared/redaction/redact';
import { plainText, shortened } from './plain-text.ts';

/** Enough to recognise a message; the whole of it is in the guest's conversation. */
const MESSAGE_CHARACTERS_MAX = 240;

/** Somebody's message in quotes, without what is not shown in chat. Pure. */
export const messageInWords = (text: string): string =>
  `“${shortened(plainText(redact(text)), MESSAGE_CHARACTERS_MAX)}”`;
