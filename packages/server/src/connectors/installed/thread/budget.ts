/** Makes a function that says whether so much is still allowed in this period; `now` is in milliseconds. */
export function createBudget(amount: number, periodMs: number, now: () => number = () => performance.now()) {
  let [left, period] = [amount, Number.NEGATIVE_INFINITY];
  return (wanted: number): boolean => {
    if (now() - period >= periodMs) [left, period] = [amount, now()];
    if (wanted > left) return false;
    left -= wanted;
    return true;
  };
}
