/** Thrown when the code broke its own rules; it never reaches a caller as more than INTERNAL_SERVER_ERROR. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** Stops at once when a claim that our own code must keep is false. */
export function invariant(claim: unknown, message: string): asserts claim {
  if (!claim) throw new InvariantError(message);
}
