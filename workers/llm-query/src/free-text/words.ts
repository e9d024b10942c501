/**
 * Words as they are compared between a question, a claim and a source: without case and accents. Pure.
 */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/gu, 'ss');

export const normaliseSpace = (text: string): string => text.replace(/\s+/gu, ' ').trim();

export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words that carry what a question is about, cut to a stem that survives plural and tense. */
export function contentStems(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter(word => word.length >= 3 && !isCommonWord(word))
      .map(stemOf),
  );
}

/** Whether a word stands in any question, whatever it is about. */
export const isCommonWord = (word: string): boolean => FUNCTION_WORDS.has(word) || SPEECH_WORDS.has(word);

/** What to look for by words: the question without what stands in any question, and without `settled`. */
export function topicOf(question: string, settled: readonly string[] = []): string {
  const told = new Set(settled.flatMap(wordsOf));
  const words = wordsOf(question).filter(word => word.length >= 3 && !isCommonWord(word) && !told.has(word));
  return words.length === 0 ? question : words.flatMap(inBothNumbers).join(' ');
}

/** The index keeps words as they were written: "feathers" finds a feather by its other number only. */
function inBothNumbers(word: string): string[] {
  if (!/^\p{L}+$/u.test(word)) return [word];
  const one = singularOf(word);
  return [word, one === word ? `${word}s` : one];
}

const singularOf = (word: string): string =>
  word.length > 3 ? word.replace(/ies$/u, 'y').replace(/(?<=sh|ch|x|ss)es$|(?<![sui])s$/u, '') : word;

/** Whether a question asks for what somebody said, wrote or wants. */
export const asksForWords = (question: string): boolean => wordsOf(question).some(word => SPEECH_WORDS.has(word));

/** Six letters tell "complaint" from "complete", and join "allergies" with "allergic". */
const STEM_LENGTH = 6;
function stemOf(word: string): string {
  return singularOf(word)
    .replace(/(?<=\p{L}{4})(?:ings?|ed|er|al|ic|y|e)$/u, '')
    .slice(0, STEM_LENGTH);
}

/** Words that every question has, in the languages the team writes in. */
const FUNCTION_WORDS = new Set(
  (
    'the and for are was were what when where which who whom why how has have had does did can could will would should ' +
    'with without about from into that this these those there their they them you your our his her its not any some ' +
    'she him has been being also just ever yet already please know known anyone anybody someone something ' +
    'somebody anything nothing everything matter show find look regarding concerning ' +
    'guest guests home homes house apartment booking today tomorrow yesterday team ' +
    'answer answers answered reply replies replied inform informed send sends sent word words get gets got give gave ' +
    'done doing bring brings brought thing things stuff issue issues information hear heard regard regards want ' +
    'those who whose whom then than there very much many more most other others also too let make made ' +
    'huesped hospede convidado oder ' +
    'der die das und ist sind war hat haben ein eine einen dem den des mit von bei auf aus zum zur nicht wer was wann ' +
    'wie wo warum gast gibt uber wurde wurden les des une est sont qui que quoi quand comment avec dans pour sur pas ' +
    'los las una que quien cuando como donde con por para del hay com dos das uma quem quando onde sobre'
  ).split(' '),
);

/** What people do with words. Whoever asks what was said means what it was about: every second message says "call". */
const SPEECH_WORDS = new Set(
  (
    'say says said saying tell tells told telling ask asks asked asking write writes wrote written writing call calls ' +
    'called calling speak speaks spoke spoken talk talks talked talking mention mentions mentioned mentioning report ' +
    'reports reported reporting complain complains complained complaining complaint complaints want wants wanted ' +
    'request requests requested requesting need needs needed note notes noted message messages messaged text texts ' +
    'texted chat comment comments commented promise promises promised voicemail voicemails email emails emailed ' +
    'sagen sagt sagte gesagt schreiben schreibt schrieb geschrieben fragen fragt fragte gefragt erzahlt erwahnt ' +
    'erwahnte gemeldet beschwert nachricht nachrichten anruf anrufe mochte dit dire ecrit ecrire demande ' +
    'mentionne message plaint parle dijo dicho decir escribio escrito pidio pregunto menciono quejo quiere mensaje ' +
    'mensajes llamada disse dito dizer escreveu escrito pediu perguntou mencionou queixou quer mensagem mensagens'
  ).split(' '),
);
