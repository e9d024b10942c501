/**
 * Who quotes in Rocket.Chat writes `[ ](address of the message)` in front of the own words: it shows as nothing and is
 * nothing that was said. Pure.
 */
const QUOTE_LINK = /\[ \]\([^)\s]*\)[ \t]*/gu;

export const withoutQuoteLinks = (text: string): string => text.replace(QUOTE_LINK, '');
