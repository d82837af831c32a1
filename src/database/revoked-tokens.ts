import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import type { RevokedTokens } from "../identity/principal-directory.ts";
import { ask } from "./ask.ts";

/** A revocation holds on every node within one second, the time of the query included. */
const TIME_TO_LIVE_MS = 900;

/** Asks the primary database whether a token was revoked, and remembers the answer briefly. */
export function createRevokedTokens(primary: Pool): RevokedTokens {
  const remembered = new LRUCache<string, { isRevoked: boolean }, string>({
    max: 10_000,
    ttl: TIME_TO_LIVE_MS,
    fetchMethod: async (_key, _stale, { context: tokenId }) => {
      const { rowCount } = await ask(primary, {
        name: "find-revoked-token",
        text: "SELECT 1 FROM revoked_token WHERE token_id = $1",
        values: [tokenId],
      });
      return { isRevoked: rowCount !== 0 };
    },
  });
  // Part of every key, so that an answer that is still on its way is not taken for a newer one.
  let generation = 0;
  return {
    forget: () => void (generation += 1),

    async has(tokenId) {
      const found = await remembered.fetch(`${generation} ${tokenId}`, { context: tokenId });
      // No answer is not a no.
      return found?.isRevoked ?? true;
    },
  };
}
