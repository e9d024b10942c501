/**
 * Text in a header as Google sends it: its UTF-8 bytes, which Node writes and reads as Latin-1 characters. Pure.
 */
export const toHeader = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
export const fromHeader = (header: string): string => Buffer.from(header, 'latin1').toString('utf8');
