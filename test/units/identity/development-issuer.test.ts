import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { DEMO_CALLERS } from "../../../src/identity/demo-callers.ts";
import { DEMO_PRINCIPALS } from "../../../src/identity/demo-principals.ts";
import { demoCallerAt, requireDemoCaller } from "../../../src/identity/demo-tokens.ts";
import { DEVELOPMENT_ISSUER } from "../../../src/identity/development-issuer-name.ts";
import { openDevelopmentIssuer } from "../../../src/identity/development-issuer.ts";
import { createIdentify } from "../../../src/identity/identify.ts";
import { createTokenVerifier } from "../../../src/identity/token-verifier.ts";
import { NOW } from "../../support/identity-world.ts";

const mode = "development";
let dataDir: string;

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), "issuer-")), "data");
});

afterEach(async () => {
  await rm(join(dataDir, ".."), { recursive: true });
});

test("the key is kept for its owner alone, and the data folder stays open to others", async () => {
  await openDevelopmentIssuer({ dataDir, mode });
  expect((await stat(join(dataDir, "keys", "development-issuer.json"))).mode & 0o777).toBe(0o600);
  expect((await stat(join(dataDir, "keys"))).mode & 0o777).toBe(0o700);
  expect((await stat(dataDir)).mode & 0o055).toBe(0o055);
});

test("the key set publishes no private part", async () => {
  const { jwks } = await openDevelopmentIssuer({ dataDir, mode });
  const file = await readFile(join(dataDir, "keys", "development-issuer.json"), "utf8");
  expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
  expect(JSON.stringify(jwks)).not.toContain(JSON.parse(file).d);
});

test("issuers that open together agree on one key", async () => {
  const opened = await Promise.all(
    Array.from({ length: 8 }, () => openDevelopmentIssuer({ dataDir, mode })),
  );
  expect(new Set(opened.map(({ jwks }) => JSON.stringify(jwks))).size).toBe(1);
});

test("production has no development issuer", async () => {
  await expect(openDevelopmentIssuer({ dataDir, mode: "production" })).rejects.toThrow(
    "Production mode has no demo callers and no development issuer.",
  );
});

test("every demo caller's token leads to the caller that tests use", async () => {
  const issuer = await openDevelopmentIssuer({ dataDir, mode });
  const identify = createIdentify({
    verifyToken: createTokenVerifier({
      issuers: [issuer.trusted],
      clockToleranceS: 0,
      maxAgeS: 86_400,
    }),
    directory: {
      find: async ({ issuer: name, subject }) =>
        (name === DEVELOPMENT_ISSUER && DEMO_PRINCIPALS.find(({ id }) => id === subject)) || null,
    },
    revokedTokens: { has: async () => false },
  });
  for (const demoCaller of DEMO_CALLERS) {
    const token = await issuer.issueDemoToken({ demoCaller, now: NOW });
    const caller = await identify({
      authorization: `Bearer ${token}`,
      purposeHeader: undefined,
      remoteAddress: "::1",
      now: NOW,
    });
    const expected = demoCallerAt({ name: demoCaller.name, now: NOW });
    expect({ ...caller, tokenId: "" }).toEqual({ ...expected, tokenId: "" });
    expect(caller.roles).toEqual(demoCaller.roles);
  }
});

test("a token holds for twelve hours and carries the purpose that was asked for", async () => {
  const issuer = await openDevelopmentIssuer({ dataDir, mode });
  const demoCaller = requireDemoCaller("cs-agent");
  const claims = decodeJwt(
    await issuer.issueDemoToken({ demoCaller, purpose: "CUSTOMER_CARE", now: NOW }),
  );
  expect(claims["purposes"]).toEqual(["CUSTOMER_CARE"]);
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(12 * 3_600);
  expect(() => issuer.issueDemoToken({ demoCaller, purpose: "MARKETING", now: NOW })).toThrow(
    "Its purposes: SERVICE_DELIVERY, CUSTOMER_CARE",
  );
});

test("a misspelt demo caller is suggested", () => {
  expect(() => requireDemoCaller("cs-agnet")).toThrow('Did you mean "cs-agent"?');
  expect(() => requireDemoCaller("zzzzzzzzzzzz")).not.toThrow("Did you mean");
});
