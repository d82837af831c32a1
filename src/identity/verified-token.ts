import type { TokenClaims } from "./claims.ts";

/** What a verified token says, who issued it, and for how long it may be believed. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly claims: TokenClaims;
  /** First instant at which it holds. */
  readonly validFrom: Date;
  /** First instant at which it no longer holds. */
  readonly validUntil: Date;
}

/**
 * Checks a token at one instant.
 *
 * @throws UNAUTHENTICATED when any check fails; the cause is kept for our log alone
 * @throws SERVICE_UNAVAILABLE when the issuer's keys cannot be had at the moment
 */
export type TokenVerifier = (token: string, now: Date) => Promise<VerifiedToken>;
