import type { IncomingMessage } from 'node:http';

/**
 * The body of an answer in pieces as they come, from when they are asked for, one at a time as `for await` does. With
 * less work than Node's own iterator. Whoever reads no further ends the connection.
 */
export const piecesOf = (answer: IncomingMessage): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]() {
    const pieces: Uint8Array[] = [];
    let goOn = () => {};
    const wake = () => goOn();
    answer
      .on('data', (piece) => {
        pieces.push(piece);
        goOn();
      })
      .on('end', wake)
      .on('close', wake)
      // Kept by the stream, and thrown to whoever reads.
      .on('error', () => {});
    return {
      async next() {
        while (true) {
          const piece = pieces.shift();
          if (piece) return { value: piece, done: false };
          if (answer.readableEnded) return { value: undefined, done: true };
          if (answer.closed) throw answer.errored ?? brokenOff();
          await new Promise<void>((resolve) => {
            goOn = resolve;
          });
        }
      },
      async return() {
        answer.destroy();
        return { value: undefined, done: true };
      },
    };
  },
});

const brokenOff = () => Object.assign(new Error('The answer broke off.'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
