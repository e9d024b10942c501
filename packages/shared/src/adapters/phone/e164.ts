import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';

/** ISO 3166-1 code of the country in which a number without a country code is dialled. */
export const PhoneRegion = z.string().refine(isSupportedCountry, 'not a country that has telephone numbers');
export type PhoneRegion = z.infer<typeof PhoneRegion>;

/**
 * A telephone number as people and vendors write it, in E.164 (`+442079460103`); `undefined` for what is none: withheld,
 * too short, a short code, a name. Pure.
 *
 * Vendors leave the plus out (`12016665626`), people the country (`(201) 666-5626`): bare digits that do not begin with 0
 * are read as international where that makes a number that can be assigned, everything else as one of `region` first.
 */
export function toE164(text: string, region?: PhoneRegion): string | undefined {
  const written = text.trim();
  if (written.startsWith('+')) return possible(written);
  if (written.startsWith('00')) return possible(`+${written.slice(2)}`);
  if (!/^[\d(]/u.test(written)) return undefined;
  const national = region === undefined ? undefined : parse(written, region);
  const international = /^\(?0/u.test(written) ? undefined : parse(`+${written}`);
  const readings = /^\d+$/u.test(written) ? [international, national] : [national, international];
  const assignable = readings.find(reading => reading?.isValid() === true);
  return assignable?.number ?? (national?.isPossible() === true ? national.number : undefined);
}

const parse = (text: string, region?: PhoneRegion) =>
  parsePhoneNumberFromString(text, { extract: false, ...(region === undefined ? {} : { defaultCountry: region }) });

function possible(text: string): string | undefined {
  const parsed = parse(text);
  return parsed?.isPossible() === true ? parsed.number : undefined;
}
