import { useState } from 'react';

/**
 * Whether a failure is to be shown: from when it is known until what it is about is changed. What was changed before, while
 * the answer was on its way, is no reason to say nothing.
 * @param about what it is about, as it is shown now
 */
export function useIsTold(failure: unknown, ...about: readonly unknown[]): boolean {
  const [told, setTold] = useState({ failure, about });
  if (told.failure !== failure) setTold({ failure, about });
  return Boolean(failure) && told.about.every((each, index) => each === about[index]);
}
