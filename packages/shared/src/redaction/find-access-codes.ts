import type { Span } from './span.ts';

/**
 * Codes that open doors, lock boxes, gates and alarms, in a folded text: after a word for code ("the code is 4711"), after
 * a thing that only a code opens ("key safe 0912"), before a place ("1234* opens the gate"). Codes of other things stay.
 * English, German, French, Spanish, Portuguese, without accents. Pure; every pattern is bounded.
 */
/** Things that are opened by a code and nothing else: a number after them is that code. */
const LOCK = words(
  'smart ?locks?|(?:key )?lock ?box(?:es)?|key ?(?:box|safe|pad|code)s?|alarms?|keyless|nuki',
  'schlusselbox|schlussel(?:kasten|tresor|safe)|schluessel(?:box|kasten|tresor|safe)|alarmanlage|turschloss|zahlenschloss',
  'boit(?:e|ier) a cles?|coffre a cles?|alarme|digicode|cadenas',
  'caj(?:a|ita|etin) de (?:las )?llaves|caja de seguridad|candado|alarma|cerradura',
  'cofre(?: d(?:e|as) chaves)?|caixa d(?:e|as) chaves|cadeado|fechadura',
);
/** Places that also have numbers of their own ("flat 3"): a number counts only beside a word for code. */
const PLACE = words(
  LOCK,
  '(?:front |main |back |garage |entrance |street |building )?(?:doors?|gates?)|garage|locks?|safe|entry|entrance|access|building',
  'apartment|flat|unit|lobby|lift|elevator|key|pool|shed|intercom|panel',
  '(?:haus|wohnungs|eingangs|garagen)?t(?:u|ue)r|tor|tresor|zugang|eingang|haus|wohnung|schloss|gegensprechanlage|aufzug',
  "porte(?: d'entree)?|portail|portillon|entree|acces|immeuble|interphone|serrure|appartement|batiment|cle",
  'puerta|portal|porton|entrada|acceso|edificio|piso|llave|porta|portao|acesso|predio|chave|apartamento|verja|cancela',
);
const WORD_FOR_CODE = words(
  'codes?|codigos?|pin(?:[ -]?(?:codes?|number))?|combinations?|combo|pass ?codes?|key ?codes?|entry number|access number',
  'kombination|zahlenkombination|zahlencode|zugangscode|(?:haus)?t(?:u|ue)rcode|torcode|offnungscode|schlusselcode|geheimzahl',
  'combinaison|clave|combinacion|combinacao|senha|contrasena|numero secreto',
);
const FILLER = words(
  'for|to|of|on|at|in|the|your|our|my|this|is|are|was|will|be|now|new|again|use|enter|type|press|please|still|just|then|and',
  'fur|zu[mr]?|der|die|das|den|dem|des|ist|sind|lautet|war|neue?[rsnm]?|ihr|unser|bitte|jetzt|am|an|von|vom',
  'de|du|des|d|la|le|les|l|pour|est|sont|votre|notre|nouveau|nouvelle|maintenant|sera|tapez|c|est',
  'del|el|los|las|para|es|son|sera|nuevo|nueva|su|tu|nuestro|ahora|marcar?|da|do|dos|das|o|a|os|as|e|novo|nova|seu|agora|ao|aos',
  ':|=|->|-|"|\'',
);
/** Codes that open nothing. */
const HARMLESS = words(
  'wi-?fi|wlan|network|internet|discount|promo(?:tion)?|voucher|coupon|confirmation|booking|reservation|post|postal|zip',
  'area|country|dial(?:ling)?|dress|qr|swift|bic|airport|iata|error|status|product|tax|tv|netflix|sim|reference',
  'rabatt|gutschein|buchungs|bestatigungs|bestaetigungs|reduction|promotionnel|descuento|desconto|promocional',
);
/** Words for something harmless after the word for code: "codigo postal", "code promo", "Code fur das WLAN". */
const HARMLESS_AFTER = words(
  'postal|promo\\w{0,8}|wi-?fi|wlan|rabatt|de (?:reduction|reserva|reservation|descuento|desconto|confirma\\w{2,6})|wifi|pays|pais',
  '(?:for|fur|pour|para|de|du|of|to)(?: (?:the|das|le|la|el|o|our|your))? (?:wi-?fi|wlan|internet|netflix|tv|discount)',
);

function words(...lists: readonly string[]): string {
  return lists.join('|');
}

const LETTER = 'a-z\\u0080-\\uffff';
const NO_WORD_BEFORE = `(?<![${LETTER}\\d])`;
const NO_WORD_AFTER = `(?![${LETTER}\\d])`;

/** At least one digit, so that "the door code is new" keeps its words; not a time, a date or an amount. */
const CODE =
  `(?!\\d{1,2}[:.h]\\d{2}(?!\\d)|\\d{1,2}[/.]\\d{1,2}[/.]|\\d{1,3} ?(?:%|eur|usd|gbp|days?|nights?|minutes?|min|hours?|times|x|uhr|am|pm)${NO_WORD_AFTER})` +
  `[#*]{0,2}(?=[${LETTER}\\d#*]{0,11}\\d)[${LETTER}\\d]{1,12}(?:[ .\\-/*#]?[\\d#*]{1,6}){0,6}[#*]{0,2}(?![${LETTER}\\d]|:\\d)`;

const HARMLESS_BEFORE = `(?<!(?:${HARMLESS})[\\s-]{0,2})`;
const CODE_WORD = new RegExp(`${NO_WORD_BEFORE}${HARMLESS_BEFORE}(?:${WORD_FOR_CODE})(?![${LETTER}])`, 'g');
const LOCK_WORD = new RegExp(`${NO_WORD_BEFORE}(?:${LOCK})(?![${LETTER}])(?=[^\\d\\n]{0,24}\\d)`, 'g');
const AFTER_WORD = new RegExp(
  `(?![\\s-]{1,2}(?:${HARMLESS_AFTER})(?![${LETTER}]))` +
    `(?:[\\s,.'-]{0,3}(?:${FILLER}|${PLACE}|${WORD_FOR_CODE})(?![${LETTER}])){0,8}` +
    `[\\s,.']{0,3}[:=-]{0,2}>?\\s{0,3}["'([]{0,2}(?<code>${CODE})`,
  'y',
);

/** "4711 is the code for the lock box", "use 4711 at the door", "1234* opens the gate". */
const OPENS = words('opens?|unlocks?|offnet|ouvre|abre|is|ist|est|es|e|as|at|on|for|fur|pour|para|am|an|to|to open');
const CODE_BEFORE = new RegExp(
  `(?<![${LETTER}\\d:.,/-])(?<code>[#*]{0,2}[a-z]?\\d{3,8}[a-z]?[#*]{0,2})` +
    `\\s(?:${OPENS})(?:\\s(?:${FILLER})){0,4}\\s(?:(?:${PLACE})(?:[\\s-]?(?:${WORD_FOR_CODE}))?|(?:${WORD_FOR_CODE}))(?![${LETTER}])`,
  'g',
);

/** `lower`: folded, in small letters. */
export function findAccessCodes(lower: string): Span[] {
  const after = [CODE_WORD, LOCK_WORD].flatMap(pattern =>
    [...lower.matchAll(pattern)].flatMap(({ index, 0: word }): Span[] => {
      const end = index + word.length;
      AFTER_WORD.lastIndex = end;
      const match = AFTER_WORD.exec(lower);
      const code = match?.groups?.['code'] ?? '';
      return match === null
        ? []
        : [{ start: end + match[0].length - code.length, end: end + match[0].length, mark: 'code' }];
    }),
  );
  const before = [...lower.matchAll(CODE_BEFORE)].map(({ index, groups }): Span => {
    const code = groups?.['code'] ?? '';
    return { start: index, end: index + code.length, mark: 'code' };
  });
  return [...after, ...before];
}
