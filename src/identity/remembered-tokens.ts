import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { TokenVerifier, VerifiedToken } from "./verified-token.ts";

/** Well below the time for which an issuer's key set is kept, so that a withdrawn key lives no longer. */
const TIME_TO_LIVE_MS = 60_000;

/**
 * Remembers tokens whose signature was checked, under their digest. Time is still compared on every
 * request, and revocation, roles and state are none of this file's business.
 */
export function rememberTokens(verify: TokenVerifier): TokenVerifier {
  const remembered = new LRUCache<string, VerifiedToken>({ max: 10_000, ttl: TIME_TO_LIVE_MS });
  return async (token, now) => {
    const key = hash("sha256", token, "base64");
    const known = remembered.get(key);
    if (known !== undefined && known.validFrom <= now && now < known.validUntil) return known;
    const verified = await verify(token, now);
    remembered.set(key, verified);
    return verified;
  };
}
