import { PublicError, publicError } from "../errors.ts";
import { ANONYMOUS_CALLER } from "./anonymous.ts";
import type { Caller } from "./caller.ts";
import { callerOf } from "./caller-of.ts";
import type { TokenClaims } from "./claims.ts";
import { isInside } from "./networks.ts";
import type {
  PrincipalDirectory,
  PrincipalRecord,
  TokenRevocations,
} from "./principal-directory.ts";
import type { TokenVerifier, VerifiedToken } from "./verified-token.ts";

/** What a request shows of its sender. */
export interface Credentials {
  /** The Authorization header; undefined when there is none. */
  readonly authorization: string | undefined;
  /** The X-Purpose header; undefined when there is none. */
  readonly purposeHeader: string | undefined;
  /** Address of the client, after trusted proxies. */
  readonly remoteAddress: string;
  readonly now: Date;
}

/**
 * Turns a request's credentials into its caller; without a token, into the anonymous one.
 *
 * @throws UNAUTHENTICATED for a token, principal or organisation that is not accepted, without a why
 * @throws FORBIDDEN when a client calls from a network that was not agreed
 * @throws PURPOSE_NOT_PERMITTED when the chosen purpose is not among the token's
 * @throws SERVICE_UNAVAILABLE when the issuer's keys cannot be had at the moment
 */
export type Identify = (credentials: Credentials) => Promise<Caller>;

/** Builds the one way from a token to a caller. */
export function createIdentify(services: {
  verifyToken: TokenVerifier;
  directory: PrincipalDirectory;
  revokedTokens: TokenRevocations;
}): Identify {
  return async ({ authorization, purposeHeader, remoteAddress, now }) => {
    if (authorization === undefined) return ANONYMOUS_CALLER;
    const verified = await services.verifyToken(bearerToken(authorization), now);
    const record = await activePrincipal(verified);
    refuseForeignNetwork({ claims: verified.claims, record, remoteAddress });
    const purpose = chosenPurpose(verified.claims.purposes, purposeHeader);
    return callerOf({ claims: verified.claims, record, purpose, now });
  };

  async function activePrincipal({ issuer, claims }: VerifiedToken): Promise<PrincipalRecord> {
    const [record, isRevoked] = await Promise.all([
      services.directory.find({ issuer, subject: claims.subject }),
      services.revokedTokens.has(claims.tokenId),
    ]);
    if (isRevoked) throw refusal("token is revoked");
    if (record === null) throw refusal("principal is unknown");
    if (record.state !== "ACTIVE") throw refusal("principal is not active");
    if (record.organisation.state !== "ACTIVE") throw refusal("organisation is not active");
    if (contradicts(claims, record)) throw refusal("token contradicts the principal's record");
    return record;
  }
}

/** All refusals look alike from outside; only our log tells them apart. */
function refusal(why: string): PublicError {
  return new PublicError("UNAUTHENTICATED", {}, { cause: why });
}

/** RFC 6750 section 2.1; the scheme's name is compared without case (RFC 9110 section 11.1). */
function bearerToken(authorization: string): string {
  const token = /^bearer +([\w.~+/-]+=*) *$/i.exec(authorization)?.[1];
  if (token === undefined) throw refusal("not a bearer token");
  return token;
}

/** A token that names another organisation, kind or customer than the record was made for another one. */
function contradicts(claims: TokenClaims, record: PrincipalRecord): boolean {
  const pairs = [
    [claims.organisation, record.organisation.code],
    [claims.kind, record.kind],
    [claims.customer, record.customerId],
  ] as const;
  return pairs.some(([claimed, recorded]) => claimed !== null && claimed !== recorded);
}

/** Clients call from their registered networks; anybody's token may narrow it further. */
function refuseForeignNetwork(from: {
  claims: TokenClaims;
  record: PrincipalRecord;
  remoteAddress: string;
}): void {
  const { claims, record, remoteAddress } = from;
  const registered = record.kind === "CLIENT" ? record.allowedNetworks : null;
  for (const networks of [registered, claims.networks])
    if (networks !== null && !isInside(remoteAddress, networks)) throw publicError("FORBIDDEN");
}

/** The purpose that the request names, or the token's only one; null leaves the choice open. */
function chosenPurpose(purposes: readonly string[], header: string | undefined): string | null {
  if (header === undefined) return purposes.length === 1 ? (purposes[0] ?? null) : null;
  if (!purposes.includes(header)) throw publicError("PURPOSE_NOT_PERMITTED");
  return header;
}
