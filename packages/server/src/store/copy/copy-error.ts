/** Why rows cannot be copied; the message says what to do and holds nothing of a row. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/** The connection was lost while the rows were made to stay: nobody knows whether they do. */
export class UnknownOutcome extends CopyError {}
