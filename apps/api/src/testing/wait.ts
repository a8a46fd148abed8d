/** Asks until the answer is there; fails after four minutes, with the last answer. */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  enough: (answer: Answer) => boolean,
  milliseconds = 240_000,
): Promise<Answer> {
  const until = performance.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (enough(answer)) return answer;
    if (performance.now() > until)
      throw new Error(`it did not come; last answer: ${JSON.stringify(answer).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
