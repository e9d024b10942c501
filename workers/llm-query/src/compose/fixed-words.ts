/** Sentences and words that people and programs rely on, in one place. */
export const FIXED = {
  asOf: 'as of',
  nobody: 'nobody',
  none: 'none',
  dontKnow: "I don't know",
  onlyAnswers:
    'I only answer questions: I cannot change bookings, write messages or place calls. Use Guesty or Aircall for that.',
  modelUnavailable: "the assistant's model is not available",
  notShown: 'not shown in chat',
  notRecorded: 'not recorded',
  notConfirmed: 'not confirmed',
  timeNotKnown: 'time not known',
  aiGenerated: 'AI-generated',
  /** Of a search in the team's chat. */
  privateRoomsLeftOut: 'private rooms were left out, because the copy of the chat is not up to date',
  namedRoomNotReadable: 'there is no room of that name, or not everybody here may read it',
  tooManyRooms: 'there are more chat rooms than one question can search; some were left out',
  notEnabled: 'The assistant is not enabled here.',
  /** Said when the stores cannot be read in time; replaced by the answer once they can. */
  holding: 'I cannot reach the booking records right now. I keep trying, and the answer will replace this message.',
  givenUp: 'I could not answer this question: the records could not be reached for a day. Please ask again.',
  failed: 'I could not answer this question because something in me broke. The operators were told.',
} as const;
