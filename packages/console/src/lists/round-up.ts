/** A round number that is at least this one: what the top of a chart stands for. Of things that are counted, at least 1. */
export function roundUp(most: number, isCounted = true): number {
  if (most === 0) return 1;
  if (isCounted && most <= 2) return Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 4, 5, 6, 8, 10].find((each) => each * power >= most) ?? 10;
  return step * power;
}
