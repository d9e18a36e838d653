/** Why rows cannot be copied; the message says what to do and holds nothing of a row. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}
