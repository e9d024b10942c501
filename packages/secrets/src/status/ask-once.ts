/** The same question is asked once; everybody who asks again gets the same answer. */
export function askOnce<T>(ask: (about: string) => Promise<T>): (about: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return about => {
    const answer = answers.get(about) ?? ask(about);
    answers.set(about, answer);
    return answer;
  };
}
