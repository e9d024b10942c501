import * as z from 'zod/mini';

/**
 * The form in which the model says what a question asks: words as typed, days by an anchor and a distance, never a date
 * it has counted out. One flat object, because a strict schema has no optional properties and repeats shared parts.
 */
const text = z.string().check(z.maxLength(120));

export const ModelPeriod = z.object({
  anchor: z.enum(['today', 'weekday', 'weekend', 'week', 'month', 'date', 'christmas', 'new_year', 'easter']),
  away: z.nullable(text).check(z.describe('ISO 8601 duration from the anchor: P1D, -P1D, P1W, P2M')),
  weekday: z.nullable(z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])),
  day: z.nullable(z.int().check(z.minimum(1), z.maximum(31))),
  month: z.nullable(z.int().check(z.minimum(1), z.maximum(12))),
  year: z.nullable(z.int().check(z.minimum(1900), z.maximum(2199))),
});
export type ModelPeriod = z.infer<typeof ModelPeriod>;

export const ModelWhen = z.object({
  words: text.check(z.describe('the words of the question that say when')),
  span: z.enum(['on', 'from_to', 'for', 'since', 'onwards', 'until']),
  from: ModelPeriod,
  to: z.nullable(ModelPeriod),
  length: z.nullable(text).check(z.describe('of "for": ISO 8601 duration, P3D; -P7D for the last seven days')),
});
export type ModelWhen = z.infer<typeof ModelWhen>;

/** Kinds that code can decide; `none` is everything else. */
export const ModelPlan = z.object({
  kind: z.enum([
    'arrivals',
    'departures',
    'in_house',
    'stay_overs',
    'longest_stay',
    'turnovers',
    'free_homes',
    'overview',
    'readiness',
    'bookings',
    'not_yet',
    'early_check_in',
    'stay_longer',
    'tasks',
    'unanswered',
    'guest',
    'occupant',
    'home',
    'calls',
    'not_shown',
    'none',
  ]),
  when: z.nullable(ModelWhen),
  homes: z.array(text).check(z.maxLength(5), z.describe('names of homes or cities, as typed')),
  guest: z.nullable(text).check(z.describe('name of a guest, as typed')),
  form: z.enum(['list', 'count', 'people', 'nights']),
  choice: z.nullable(
    z.enum([
      'made',
      'changed',
      'cancelled',
      'arrived',
      'left',
      'current',
      'next',
      'previous',
      'missed',
      'voicemail',
      'cleaning',
      'maintenance',
      'open',
      'phone',
      'email',
      'access_code',
      'card',
    ]),
  ),
  aspect: z.nullable(z.enum(['booking', 'arrival', 'departure', 'nights', 'party', 'home', 'status'])),
  topic: z.nullable(
    z.enum([
      'check in time',
      'check out time',
      'wifi',
      'parking',
      'address',
      'bedrooms',
      'capacity',
      'house rules',
      'pets',
    ]),
  ),
  time: z.nullable(text).check(z.describe('HH:MM')),
  nights: z.nullable(z.int().check(z.minimum(1), z.maximum(30))),
  with: z.nullable(z.enum(['children', 'pets'])),
  after: z.nullable(text).check(z.describe('HH:MM')),
  before: z.nullable(text).check(z.describe('HH:MM')),
  partyMin: z.nullable(z.int().check(z.minimum(1), z.maximum(99))),
});
export type ModelPlan = z.infer<typeof ModelPlan>;
