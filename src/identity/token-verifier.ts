import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { PublicError, publicError } from "../errors.ts";
import { deepFreeze } from "../lib/deep-freeze.ts";
import { repeatedName } from "../lib/repeated-name.ts";
import { readClaims } from "./claims.ts";
import { rememberTokens } from "./remembered-tokens.ts";
import type { TokenIssuer } from "./token-issuer.ts";
import type { TokenVerifier, VerifiedToken } from "./verified-token.ts";

/** An issuer together with the source of its keys, which nothing in a token can change. */
export interface TrustedIssuer {
  readonly settings: Omit<TokenIssuer, "jwksUrl">;
  readonly keys: JWTVerifyGetKey;
}

const LONGEST_TOKEN = 8_192;

interface VerifierOptions {
  readonly issuers: readonly TrustedIssuer[];
  /** How far an issuer's clock may differ from ours, in seconds. */
  readonly clockToleranceS: number;
  /** Age beyond which a token is refused, in seconds. */
  readonly maxAgeS: number;
}

/**
 * Builds the check of RFC 8725: algorithms, type, issuer, audience and keys are those of our
 * settings, and the token's header chooses only among them. Its `jku`, `jwk`, `x5u` and `x5c` are
 * not read, and any `crit` extension is refused because we understand none.
 */
export function createTokenVerifier(options: VerifierOptions): TokenVerifier {
  const issuers = new Map(options.issuers.map((issuer) => [issuer.settings.issuer, issuer]));

  return rememberTokens(async (token, now) => {
    try {
      const { header, payload } = readUnverified(token);
      const issuer = typeof payload.iss === "string" ? issuers.get(payload.iss) : undefined;
      if (issuer === undefined) throw new errors.JWTInvalid("issuer is not trusted");
      if (!isOneOf(issuer.settings.types, header["typ"]))
        throw new errors.JWTInvalid("unexpected type");
      return await verifiedBy({ issuer, options, token, now });
    } catch (cause) {
      if (cause instanceof PublicError) throw cause;
      throw new PublicError("UNAUTHENTICATED", {}, { cause });
    }
  });
}

async function verifiedBy(from: {
  issuer: TrustedIssuer;
  options: VerifierOptions;
  token: string;
  now: Date;
}): Promise<VerifiedToken> {
  const { settings, keys } = from.issuer;
  const { payload } = await jwtVerify(from.token, keys, {
    issuer: settings.issuer,
    audience: settings.audience,
    algorithms: settings.algorithms,
    requiredClaims: ["iss", "aud", "exp", "iat"],
    clockTolerance: from.options.clockToleranceS,
    maxTokenAge: from.options.maxAgeS,
    currentDate: from.now,
  });
  const { iat = 0, exp = 0, nbf = 0 } = payload;
  return deepFreeze<VerifiedToken>({
    issuer: settings.issuer,
    claims: readClaims({ payload, mapping: settings.claims }),
    validFrom: new Date(Math.max(iat, nbf) * 1_000),
    validUntil: new Date(Math.min(exp, iat + from.options.maxAgeS) * 1_000),
  });
}

/** Trusts an issuer elsewhere; its keys are read from the configured address only, and kept. */
export function trustRemoteIssuer(settings: TokenIssuer): TrustedIssuer {
  const remote = createRemoteJWKSet(new URL(settings.jwksUrl));
  return {
    settings,
    keys: async (header, token) => {
      try {
        return await remote(header, token);
      } catch (cause) {
        if (isAboutTheToken(cause)) throw cause;
        throw new PublicError("SERVICE_UNAVAILABLE", {}, { cause });
      }
    },
  };
}

/** True when the keys were there and the token named none of them that could be used. */
function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWSInvalid
  );
}

/** Header and payload as they stand, before any signature was checked. */
function readUnverified(token: string): { header: JWTPayload; payload: JWTPayload } {
  const parts = token.length <= LONGEST_TOKEN ? token.split(".") : [];
  const [header, payload] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined)
    throw new errors.JWTInvalid("not a compact token");
  return { header: readObject(header), payload: readObject(payload) };
}

/** RFC 7519 section 4: a claim name that occurs twice must not be understood in two ways. */
function readObject(part: string): JWTPayload {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(part, "base64url"));
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || repeatedName(text) !== null)
    throw publicError("UNAUTHENTICATED");
  return value as JWTPayload;
}

/** RFC 7515 section 4.1.9: types are compared without case and without `application/`. */
function isOneOf(types: readonly string[], given: unknown): boolean {
  if (typeof given !== "string") return false;
  const plain = given.toLowerCase().replace(/^application\//, "");
  return types.some((type) => type.toLowerCase() === plain);
}
