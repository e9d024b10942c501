/**
 * Takes out of a text what must never reach a vector, a prompt or a log: payment cards, e-mail addresses, telephone
 * numbers, credentials, and the codes that open doors. Pure, linear in the text's length, idempotent: what it leaves
 * in place is never matched again. Wi-Fi and parking words are ordinary facts and stay.
 *
 * When a run of digits could be a telephone number or something harmless, it goes: a missing number costs a look at
 * the booking, a leaked one costs trust.
 */
export function redact(text: string): string {
  return text
    .replace(EMAIL, MARKS.email)
    .replace(CREDENTIAL, MARKS.secret)
    .replace(DIGIT_RUN, classifyDigits)
    .replace(ACCESS_CODE, (_match, words: string) => `${words}${MARKS.code}`)
    .replace(CODE_BEFORE_PLACE, (_match, _code: string, words: string) => `${MARKS.code}${words}`);
}

/**
 * Only what must not even rest in the private store: cards, credentials, codes that open doors. Addresses and numbers
 * of guests stay, because linking callers to guests needs them.
 */
export function redactSecrets(text: string): string {
  return text
    .replace(CREDENTIAL, MARKS.secret)
    .replace(DIGIT_RUN, run => (classifyDigits(run) === MARKS.card ? MARKS.card : run))
    .replace(ACCESS_CODE, (_match, words: string) => `${words}${MARKS.code}`)
    .replace(CODE_BEFORE_PLACE, (_match, _code: string, words: string) => `${MARKS.code}${words}`);
}

/** What stands in the text instead. Square brackets hold no digits, so a second pass finds nothing. */
export const MARKS = {
  email: '[e-mail]',
  phone: '[phone number]',
  card: '[card number]',
  code: '[code]',
  secret: '[secret]',
} as const;

const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/giu;

/** Webhook secrets, API keys, bearer tokens and JSON Web Tokens by their published prefixes. */
const CREDENTIAL =
  /\b(?:whsec_[\w+/=-]{8,}|(?:gsk|sk|pk|rk)_[\w-]{16,}|sk-[\w-]{16,}|ghp_\w{20,}|AIza[\w-]{20,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|Bearer\s+[\w.~+/=-]{12,})/gu;

/** Digits with the separators people put into numbers; a letter on either side makes it an identifier instead. */
const DIGIT_RUN =
  /(?<![\p{L}\p{N}_#/])(?:\+|\(\+?)?\d(?:[\s().\-/\u00a0\u2009\u2010-\u2015]{0,2}\d){6,24}(?![\p{L}\p{N}_])/gu;

const DATE_OR_TIME =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:\s?[-–—]?\s?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}))?$/u;

function classifyDigits(run: string): string {
  const digits = run.replace(/\D/gu, '');
  if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) return MARKS.card;
  if (DATE_OR_TIME.test(run.trim())) return run;
  const international = /^\(?\+|^\(?0/u.test(run);
  const enough = international ? digits.length >= 7 : digits.length >= 9;
  return enough ? MARKS.phone : run;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Things that are opened by a code and nothing else: a number after them is that code. */
const LOCK = [
  'smart ?lock',
  'lock ?box',
  'key ?box',
  'key ?safe',
  'key ?pad',
  'alarm',
  'schl[uü]ssel(?:box|tresor|safe)',
  'alarmanlage',
  'bo[iî]te [àa] cl[ée]s?',
  'alarme',
  'caja de (?:las )?llaves',
  'alarma',
  'cofre',
  'caixa de chaves',
].join('|');
/** Places that also have numbers of their own ("flat 3"): a number counts only beside a word for code. */
const PLACE = [
  LOCK,
  ...['door', 'front door', 'gate', 'garage', 'lock', 'safe', 'entry', 'entrance', 'access', 'building', 'apartment'],
  ...[
    'flat',
    'key',
    't[uü]r',
    'haust[uü]r',
    'tresor',
    'zugang',
    'eingang',
    'porte',
    'portail',
    'entr[ée]e',
    'acc[èe]s',
  ],
  ...['puerta', 'portal', 'entrada', 'acceso', 'porta', 'port[ãa]o', 'acesso'],
].join('|');
const WORD_FOR_CODE =
  'codes?|c[oó]digos?|pin(?:[ -]?codes?)?|combination|passcode|kombination|combinaison|clave|zugangscode|t[uü]rcode|digicode';
const FILLER =
  'for|to|of|on|at|f[uü]r|de|da|do|del|pour|la|el|le|o|a|the|der|die|das|zum|zur|your|our|is|was|ist|est|es|é|será|will|be|now|new|neue?r?|nouveau|:|=';
/** Codes that open nothing. */
const HARMLESS =
  '(?<!(?:wi-?fi|wlan|discount|promo|voucher|confirmation|booking|reservation|post|postal|zip|area|country|dress|qr)[\\s-]?)';
/** At least one digit, so that "the door code is new" keeps its words; not a time of day. */
const CODE =
  '(?<![\\p{L}\\p{N}])(?!\\d{1,2}[:.h]\\d{2})[#*]?(?=[\\p{L}\\d#*-]{0,11}\\d)[\\p{L}\\d]{1,12}(?:[ \\-–]?\\d{1,6}){0,3}[#*]?(?![\\p{L}\\p{N}:])';

const ACCESS_CODE = new RegExp(
  `((?<![\\p{L}\\p{N}])(?:(?:${LOCK})(?=[^\\p{N}]{0,40}[#*]?[\\p{L}]?\\d{2})|(?:${PLACE})[\\s-]{0,2}(?:${WORD_FOR_CODE})|${HARMLESS}(?:${WORD_FOR_CODE}))` +
    `(?:[\\s-](?:(?:${FILLER})\\s?|(?:${PLACE})\\s?){0,7})?\\s{0,2}[:=–-]?\\s{0,2})${CODE}`,
  'giu',
);

/** "4711 is the code for the lock box", "use 4711 at the door". */
const CODE_BEFORE_PLACE = new RegExp(
  `(?<![\\p{L}\\p{N}:.-])([#*]?\\d{3,8}[#*]?)((?:\\s(?:${FILLER}|as)){1,4}\\s(?:(?:${PLACE})[\\s-]?(?:${WORD_FOR_CODE})?|(?:${WORD_FOR_CODE})))(?![\\p{L}])`,
  'giu',
);
