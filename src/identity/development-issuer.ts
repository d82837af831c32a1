import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createLocalJWKSet, importJWK, SignJWT, type JSONWebKeySet, type JWK } from "jose";
import { BootError } from "../lib/boot-error.ts";
import type { DemoCaller } from "./demo-callers.ts";
import { demoClaims } from "./demo-tokens.ts";
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from "./development-issuer-name.ts";
import { readOrCreateKey } from "./development-key.ts";
import { claimMappingSchema } from "./token-issuer.ts";
import type { TrustedIssuer } from "./token-verifier.ts";

const TOKEN_LIFETIME_S = 12 * 3_600;

/** Issues tokens for demo callers, in development only. */
export interface DevelopmentIssuer {
  /** Public keys, for `/.well-known/jwks.json`. */
  readonly jwks: JSONWebKeySet;
  /** What the token verifier needs to trust this issuer. */
  readonly trusted: TrustedIssuer;
  /**
   * A token that is valid for 12 hours from `now`; `purpose` narrows it to one of the caller's.
   * A BootError says when the caller does not have that purpose.
   */
  issueDemoToken(order: { demoCaller: DemoCaller; purpose?: string; now: Date }): Promise<string>;
}

/** Opens the development issuer with the key in the data folder; production has none. */
export async function openDevelopmentIssuer(from: {
  dataDir: string;
  mode: "development" | "production";
}): Promise<DevelopmentIssuer> {
  if (from.mode === "production")
    throw new BootError("Production mode has no demo callers and no development issuer.");
  const privateJwk = await readOrCreateKey(join(from.dataDir, "keys", "development-issuer.json"));
  const privateKey = await importJWK(privateJwk, "EdDSA");
  const jwks = { keys: [publicPart(privateJwk)] };
  return {
    jwks,
    trusted: {
      settings: {
        issuer: DEVELOPMENT_ISSUER,
        audience: DEVELOPMENT_AUDIENCE,
        algorithms: ["EdDSA"],
        types: ["at+jwt"],
        claims: claimMappingSchema.parse({}),
      },
      keys: createLocalJWKSet(jwks),
    },
    issueDemoToken: ({ demoCaller, purpose, now }) =>
      new SignJWT(demoClaims(demoCaller, purposesOf(demoCaller, purpose)))
        .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: privateJwk.kid ?? "" })
        .setIssuer(DEVELOPMENT_ISSUER)
        .setAudience(DEVELOPMENT_AUDIENCE)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setExpirationTime(new Date(now.getTime() + TOKEN_LIFETIME_S * 1_000))
        .sign(privateKey),
  };
}

/** Names the members to publish, so that a private one cannot slip through (RFC 8037 section 2). */
function publicPart({ kty, crv, x, kid, alg, use }: JWK): JWK {
  return { kty, crv, x, kid, alg, use } as JWK;
}

function purposesOf(demoCaller: DemoCaller, purpose: string | undefined): readonly string[] {
  if (purpose === undefined) return demoCaller.purposes;
  if (demoCaller.purposes.includes(purpose)) return [purpose];
  const own = demoCaller.purposes.join(", ");
  throw new BootError(`${demoCaller.name} has no purpose "${purpose}". Its purposes: ${own}`);
}
