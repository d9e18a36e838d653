import { useState } from 'react';

/** A choice that this browser remembers, or what stands in for it. Without storage it lasts until the page is left. */
export function useStored<Value>(key: string, initial: Value, isValid: (value: unknown) => value is Value) {
  const [value, setValue] = useState(() => read(key, initial, isValid));
  const store = (next: Value) => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // It is not remembered, then.
    }
  };
  return [value, store] as const;
}

function read<Value>(key: string, initial: Value, isValid: (value: unknown) => value is Value): Value {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isValid(stored) ? stored : initial;
  } catch {
    return initial;
  }
}
