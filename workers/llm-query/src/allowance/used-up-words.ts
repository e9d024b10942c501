/** What an asker reads beside code's own answer when the model's tokens of today are used up. Pure. */
export const USED_UP_WORDS = {
  person: "you asked a lot today, so until midnight UTC I answer you without the assistant's model",
  everybody: "the team asked a lot today, so until midnight UTC I answer without the assistant's model",
} as const;
