import type { Plan } from '@innkeeper/shared/domain/plan';
import { foldText } from '../tokens.ts';

/** The fixed words, and the ways of asking what this is, in every language the rules read. Whole messages only. Pure. */

const helpQuestions: ReadonlySet<string> = new Set(
  [
    'help|help me|help please|please help|commands|what can you do|what can i ask|what can i ask you|how does this work|how do you work|how do i use this|how to use this|who are you|what are you|what do you do|what do you know|hi|hello|hey|hello there|hi there|good morning|good evening|menu|usage|manual|examples',
    'hilfe|was kannst du|wie geht das|hallo|aide|que peux tu faire|comment ca marche|bonjour|ayuda|que puedes hacer|como funciona|hola|ajuda|o que podes fazer|o que voce pode fazer|ola|was kannst du alles|was kannst du machen|wie funktioniert das|wer bist du|was kann ich fragen|guten tag|guten morgen|tu peux faire quoi|qu est ce que tu peux faire|questce que tu peux faire|que sais tu faire|tu sais faire quoi|qui es tu|salut|que sabes hacer|que sabes|quien eres|como te uso|buenos dias|buenas|o que sabes fazer|o que voce sabe fazer|o que voce faz|quem es tu|bom dia|oi',
  ].flatMap(phrases => phrases.split('|')),
);

export type Shortcut = 'today' | 'tomorrow' | 'ready' | 'missed';
const shortcuts: readonly Shortcut[] = ['today', 'tomorrow', 'ready', 'missed'];

const bare = (question: string): string =>
  foldText(question)
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

export const asksForHelp = (question: string): Plan | undefined =>
  helpQuestions.has(bare(question)) ? { kind: 'help' } : undefined;

/** A shortcut stands alone and is no question: "tomorrow?" in a thread asks what was asked before, for tomorrow. */
export function shortcutOf(question: string): Shortcut | undefined {
  const word = foldText(question)
    .replace(/[\s.!]+$/u, '')
    .trim();
  return shortcuts.find(shortcut => shortcut === word);
}
