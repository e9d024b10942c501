import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import type { DescribedAlert } from '../alerts/describe-alert.ts';
import { messageId } from './message-id.ts';

/** Posts an alert, once however often it is asked to: the message's id depends on the key only. */
export async function postAlert(
  { chat, roomId }: { readonly chat: TeamChat; readonly roomId: string },
  { level, sentence, action }: Pick<DescribedAlert, 'level' | 'sentence' | 'action'>,
  key: string,
): ReturnType<TeamChat['sendMessage']> {
  const text = `${level === 'error' ? '✗' : '⚠'} ${sentence}\nNext: ${action}`;
  return chat.sendMessage({ messageId: await messageId(`alert ${key}`), roomId, text });
}
