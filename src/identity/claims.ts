import type { JWTPayload } from "jose";
import { z } from "zod";
import { DISCLOSURES } from "../classification/disclosure.ts";
import { publicError } from "../errors.ts";
import { isAddressRange } from "./networks.ts";
import type { ClaimMapping } from "./token-issuer.ts";

/** A JSON list of words, or one text with spaces between them as OAuth writes `scope` (RFC 8693 4.2). */
const words = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(" "))])
  .transform((list) => [...new Set(list.filter((word) => word !== ""))].sort());

/** The last second that a date can hold. */
const LAST_SECOND = 8_640_000_000_000;

const code = z.string().min(1).max(200);

/** A NumericDate (RFC 7519 section 2): seconds since 1970, perhaps with a fraction. */
const instant = z
  .number()
  .min(0)
  .max(LAST_SECOND)
  .transform((seconds) => new Date(seconds * 1_000));

/** ISO 3166-1 alpha-2 as it is written; what needs mending is no place that somebody vouched for. */
const place = z.string().regex(/^[A-Z]{2}$/);

const claimsSchema = z.object({
  tokenId: code,
  subject: code,
  organisation: code.nullable(),
  kind: code.nullable(),
  roles: words,
  purposes: words,
  scopes: words,
  authenticationMethods: words,
  authenticatedAt: instant.nullable(),
  fieldCeiling: z.enum(DISCLOSURES).nullable(),
  networks: words.refine((list) => list.every(isAddressRange)).nullable(),
  serves: words.nullable(),
  customer: code.nullable(),
  cases: words.nullable(),
  caseFields: words.nullable(),
  location: place.nullable(),
});

/**
 * What a token says of its bearer. Roles, purposes, scopes and authentication methods that are not
 * claimed are none; anything else that is not claimed is null and leaves the record as it is.
 */
export type TokenClaims = z.output<typeof claimsSchema>;

const NONE_WHEN_ABSENT = new Set(["roles", "purposes", "scopes", "authenticationMethods"]);

/**
 * Reads the claims that an issuer's mapping names from a verified payload.
 *
 * @throws UNAUTHENTICATED when a claim is missing that must be there, or has another shape
 */
export function readClaims(from: { payload: JWTPayload; mapping: ClaimMapping }): TokenClaims {
  const found = Object.entries(from.mapping).map(([name, path]) => {
    const value = valueAt(from.payload, path) ?? null;
    return [name, value === null && NONE_WHEN_ABSENT.has(name) ? [] : value];
  });
  const result = claimsSchema.safeParse(Object.fromEntries(found));
  if (!result.success) throw publicError("UNAUTHENTICATED");
  return result.data;
}

/** The claim of that whole name, as URLs are used for names, or else the one at the end of the path. */
function valueAt(payload: JWTPayload, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path];
  let value: unknown = payload;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
