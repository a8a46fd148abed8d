const slipLength = 5;

/** Whether an answer names the word: capitals, spaces and accents written another way do not matter, nor one slip in a long word. */
export function isRight(answer: string, target: string): boolean {
  const [given, wanted] = [plain(answer), plain(target)];
  if (given === wanted) return true;
  return wanted.length >= slipLength && given.length > 0 && distance(given, wanted) <= 1;
}

const plain = (word: string): string =>
  word
    .normalize('NFC')
    .toLocaleLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Least number of letters to add, drop or change (Levenshtein 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next[j] = Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
