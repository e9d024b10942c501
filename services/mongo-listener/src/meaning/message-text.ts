import { withoutQuoteLinks } from '@innkeeper/shared/domain/quote-links';
import * as z from 'zod';
import { text } from './document-fields.ts';

/**
 * What a message says, one part per line: its text, texts of its attachments, names and descriptions of its files.
 *
 * A quote is left out although it is part of the message: it repeats another person's words, and would keep them
 * answerable after their own message was deleted. Quoting puts an invisible link before the text; it goes, too. Pure.
 */
const optionalText = text.nullish();

/** A thumbnail is a file that nobody posted. */
const File = z.object({ name: optionalText, description: optionalText, typeGroup: z.string().nullish() });
const Attachment = z.object({ title: optionalText, text: optionalText, description: optionalText });

/** Only a quote says where the quoted message is. */
const isQuote = (attachment: unknown): boolean =>
  typeof attachment === 'object' && attachment !== null && 'message_link' in attachment;
const withoutQuotes = (attachments: unknown): unknown =>
  Array.isArray(attachments) ? attachments.filter(attachment => !isQuote(attachment)) : attachments;

export const MessageContent = z.object({
  msg: optionalText,
  attachments: z.preprocess(withoutQuotes, z.array(Attachment).nullish()),
  file: File.nullish(),
  files: z.array(File).nullish(),
});

export function textOf(content: z.infer<typeof MessageContent>): string {
  const files = [...(content.file ? [content.file] : []), ...(content.files ?? [])];
  const lines = [
    withoutQuoteLinks(content.msg ?? ''),
    ...(content.attachments ?? []).flatMap(attachment => [attachment.title, attachment.text, attachment.description]),
    ...files.filter(({ typeGroup }) => typeGroup !== 'thumb').flatMap(file => [file.name, file.description]),
  ];
  // A file is named in `file`, in `files` and in its attachment.
  return [...new Set(lines.map(line => line?.trim() ?? ''))].filter(line => line !== '').join('\n');
}
