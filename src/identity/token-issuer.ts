import { z } from "zod";

/**
 * Signature algorithms that a token may name: asymmetric ones only, so that nobody can sign with a
 * public key as if it were a shared secret (RFC 8725 section 2.1).
 */
export const TOKEN_ALGORITHMS = [
  "EdDSA",
  "Ed25519",
  "ES256",
  "ES384",
  "ES512",
  "PS256",
  "PS384",
  "PS512",
  "RS256",
  "RS384",
  "RS512",
] as const;

/** Token types that carry access rights: RFC 9068, and plain JWT as many issuers still write. */
export const TOKEN_TYPES = ["at+jwt", "JWT"] as const;

const claimPath = z.string().min(1);

/**
 * Where an issuer's tokens carry what we need: the name of a claim, or names joined by dots
 * (`realm_access.roles`). The defaults are the names in our own tokens.
 */
export const claimMappingSchema = z.strictObject({
  tokenId: claimPath.default("jti"),
  subject: claimPath.default("sub"),
  organisation: claimPath.default("org"),
  kind: claimPath.default("kind"),
  roles: claimPath.default("roles"),
  purposes: claimPath.default("purposes"),
  scopes: claimPath.default("scope"),
  authenticationMethods: claimPath.default("amr"),
  authenticatedAt: claimPath.default("auth_time"),
  fieldCeiling: claimPath.default("ceiling"),
  networks: claimPath.default("networks"),
  serves: claimPath.default("serves"),
  customer: claimPath.default("customer"),
  cases: claimPath.default("cases"),
  caseFields: claimPath.default("case_fields"),
  location: claimPath.default("location"),
});

/** Claim paths by what they carry. */
export type ClaimMapping = z.output<typeof claimMappingSchema>;

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Keys travel over TLS, or not over a network at all. */
function isSafeKeyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
}

/** One issuer whose tokens are accepted, as the setting TOKEN_ISSUERS lists it. */
export const tokenIssuerSchema = z.strictObject({
  /** Exact value of the `iss` claim. */
  issuer: z.string().min(1),
  /** The only address from which this issuer's keys are read. */
  jwksUrl: z.string().refine(isSafeKeyAddress, "must be an https URL (http only on loopback)"),
  /** Value that the `aud` claim must be or hold. */
  audience: z.string().min(1),
  algorithms: z
    .array(z.enum(TOKEN_ALGORITHMS))
    .min(1)
    .default([...TOKEN_ALGORITHMS]),
  types: z
    .array(z.enum(TOKEN_TYPES))
    .min(1)
    .default([...TOKEN_TYPES]),
  claims: claimMappingSchema.prefault({}),
});

/** One issuer whose tokens are accepted. */
export type TokenIssuer = z.output<typeof tokenIssuerSchema>;

/** All issuers of the setting TOKEN_ISSUERS, each named once. */
export const tokenIssuersSchema = z
  .array(tokenIssuerSchema)
  .refine(
    (issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length,
    "names an issuer twice",
  );
