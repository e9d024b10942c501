import * as z from 'zod/mini';

/** A booking that is being edited gets its next change within this time. */
const QUIET_SECONDS = '180';

/** The shape to spread into the Worker's own `z.object`. */
export const newsVariables = {
  ASSISTANT_NEWS_QUIET_SECONDS: z
    .pipe(
      z
        ._default(z.string(), QUIET_SECONDS)
        .check(z.regex(/^\d{1,3}$/u, { error: 'must be a number of seconds below 1000' })),
      z.transform(Number),
    )
    .check(
      z.describe('how long a changed booking rests before it is told of, so that an edit in steps is one message'),
    ),
};
