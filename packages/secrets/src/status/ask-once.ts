/** The same question is asked once; everybody who asks again gets the same answer. */
export function askOnce<About extends string, T>(ask: (about: About) => Promise<T>): (about: About) => Promise<T> {
  const answers = new Map<About, Promise<T>>();
  return about => {
    const answer = answers.get(about) ?? ask(about);
    answers.set(about, answer);
    return answer;
  };
}
