import type { ModelPeriod, ModelPlan, ModelWhen } from '../model-plan.ts';

/** Replies of a model with everything left empty that a test does not speak of. */
export const period = (anchor: ModelPeriod['anchor'], said: Partial<ModelPeriod> = {}): ModelPeriod => ({
  anchor,
  away: null,
  weekday: null,
  day: null,
  month: null,
  year: null,
  ...said,
});

export const whenSaid = (from: ModelPeriod, said: Partial<ModelWhen> = {}): ModelWhen => ({
  words: '',
  span: 'on',
  from,
  to: null,
  length: null,
  ...said,
});

export const today = whenSaid(period('today'));
export const tomorrow = whenSaid(period('today', { away: 'P1D' }));

export const reply = (kind: ModelPlan['kind'], said: Partial<ModelPlan> = {}): ModelPlan => ({
  kind,
  when: null,
  homes: [],
  guest: null,
  form: 'list',
  choice: null,
  aspect: null,
  topic: null,
  time: null,
  nights: null,
  with: null,
  after: null,
  before: null,
  partyMin: null,
  ...said,
});
