import { isErrorCode, publicError } from "../errors.ts";
import { invariant } from "../lib/invariant.ts";
import type { Decisions } from "../policy/decisions.ts";

/**
 * Nothing where policy lets a caller ask at all. A refusal stops the request before anything of it
 * is read.
 *
 * @throws FOREIGN_DISCLOSURE_PROHIBITED, or whichever code the deciding stop names
 */
export function requireNoRefusal({ refusal }: Decisions): void {
  if (refusal === null) return;
  invariant(isErrorCode(refusal.reason), `${refusal.id} names a known code`);
  throw publicError(refusal.reason);
}
