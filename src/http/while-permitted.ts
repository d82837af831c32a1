/**
 * Gives pieces one after another as long as they may be had: asks again once the last answer is older
 * than `everyMs`, before it gives the next piece.
 *
 * @throws what `ask` throws, or who makes the pieces
 */
export async function* whilePermitted(
  pieces: AsyncIterable<Buffer>,
  { everyMs, ask }: { everyMs: number; ask: () => Promise<unknown> },
): AsyncGenerator<Buffer> {
  let asked = performance.now();
  for await (const piece of pieces) {
    if (performance.now() - asked >= everyMs) {
      await ask();
      asked = performance.now();
    }
    yield piece;
  }
}
