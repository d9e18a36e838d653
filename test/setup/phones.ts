/** No part of a number may look like the beginning of another one: zeros before a part are read in every way. */
const before = 12_340_000;
let last = before;

/** A number in mainland China that no other test of the worker has used, in E.164. */
export function newPhone(): string {
  last += 1;
  return `+86138${last}`;
}
