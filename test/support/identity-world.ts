import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from "jose";
import type { Caller } from "../../src/identity/caller.ts";
import { DEMO_PRINCIPALS } from "../../src/identity/demo-principals.ts";
import { createIdentify, type Credentials } from "../../src/identity/identify.ts";
import type {
  PrincipalDirectory,
  PrincipalRecord,
} from "../../src/identity/principal-directory.ts";
import { tokenIssuerSchema } from "../../src/identity/token-issuer.ts";
import { createTokenVerifier, type TrustedIssuer } from "../../src/identity/token-verifier.ts";

/** The instant of every identity test. */
export const NOW = new Date("2026-11-20T09:00:00Z");
export const NOW_S = NOW.getTime() / 1_000;

export const ISSUER = "https://login.example";
export const AUDIENCE = "custodia";

/** A directory of the given records, all of one issuer, with their ids as subjects. */
export function directoryOf(records: readonly PrincipalRecord[]): PrincipalDirectory {
  return {
    find: async ({ issuer, subject }) =>
      issuer === ISSUER ? (records.find(({ id }) => id === subject) ?? null) : null,
  };
}

/** The record of a demo caller, with some of it changed. */
export function recordOf(name: string, changes: Partial<PrincipalRecord> = {}): PrincipalRecord {
  const record = DEMO_PRINCIPALS.find((candidate) => candidate.name === name);
  if (record === undefined) throw new Error(`no demo caller ${name}`);
  return { ...record, ...changes };
}

/** One trusted issuer that can sign anything, and the way from its tokens to callers. */
export interface IdentityWorld {
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
  /** Signs sound claims for a CS agent, with the given changes; undefined removes a claim. */
  sign(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  /** Identifies the bearer of a token, at NOW, from loopback. */
  identify(token: string | undefined, credentials?: Partial<Credentials>): Promise<Caller>;
}

export const CS_AGENT = recordOf("cs-agent");

export const SOUND_CLAIMS: JWTPayload = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: CS_AGENT.id,
  jti: "token-1",
  iat: NOW_S - 60,
  exp: NOW_S + 3_600,
  org: "transferor",
  roles: ["CS_AGENT"],
  purposes: ["SERVICE_DELIVERY", "CUSTOMER_CARE"],
  amr: ["pwd", "mfa"],
};

/** Builds the world; records, revoked token ids, issuer settings and keys may be replaced. */
export async function identityWorld(
  options: {
    records?: readonly PrincipalRecord[];
    revoked?: readonly string[];
    settings?: Record<string, unknown>;
    keys?: (publicJwk: JWK) => TrustedIssuer["keys"];
  } = {},
): Promise<IdentityWorld> {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: "key-1", alg: "ES256" };
  const settings = tokenIssuerSchema.parse({
    issuer: ISSUER,
    jwksUrl: "https://login.example/jwks",
    audience: AUDIENCE,
    ...options.settings,
  });
  const keys = options.keys?.(publicJwk) ?? createLocalJWKSet({ keys: [publicJwk] });
  const identify = createIdentify({
    verifyToken: createTokenVerifier({
      issuers: [{ settings, keys }],
      clockToleranceS: 5,
      maxAgeS: 86_400,
    }),
    directory: directoryOf(options.records ?? DEMO_PRINCIPALS),
    revokedTokens: { has: async (tokenId) => options.revoked?.includes(tokenId) ?? false },
  });
  return {
    publicJwk,
    privateKey,
    sign: (claims = {}, header = {}) =>
      new SignJWT({ ...SOUND_CLAIMS, ...claims })
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "key-1", ...header })
        .sign(privateKey),
    identify: (token, credentials = {}) =>
      identify({
        authorization: token === undefined ? undefined : `Bearer ${token}`,
        purposeHeader: undefined,
        remoteAddress: "127.0.0.1",
        now: NOW,
        ...credentials,
      }),
  };
}
