// oxlint-disable max-lines -- one catalogue of forged tokens; split, nobody would see what it lacks
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportSPKI, exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey } from "jose";
import { ERRORS } from "../../src/errors.ts";
import { tokenIssuerSchema } from "../../src/identity/token-issuer.ts";
import { trustRemoteIssuer } from "../../src/identity/token-verifier.ts";
import {
  AUDIENCE,
  identityWorld,
  ISSUER,
  NOW_S,
  recordOf,
  SOUND_CLAIMS,
  type IdentityWorld,
} from "../support/identity-world.ts";

let world: IdentityWorld;

/** A server that nobody may call; it would hand out the attacker's keys. */
let canary: { server: Server; url: string; requests: string[] };
let attacker: { privateKey: CryptoKey; jwk: Record<string, unknown> };

beforeAll(async () => {
  world = await identityWorld();
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  attacker = { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: "key-1", alg: "ES256" } };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ keys: [attacker.jwk] }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  canary = { server, requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});

afterAll(async () => {
  await new Promise((closed) => canary.server.close(closed));
});

function encoded(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString(
    "base64url",
  );
}

/** Every refusal is the same, so that no attempt teaches anything. */
async function expectRefused(token: string, by: IdentityWorld = world): Promise<void> {
  const error: unknown = await by.identify(token).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "UNAUTHENTICATED",
    message: ERRORS.UNAUTHENTICATED.message,
    extras: {},
  });
}

describe("algorithms", () => {
  test.each(["none", "None", "NONE", ""])("alg %j is refused", async (alg) => {
    const head = encoded({ alg, typ: "at+jwt", kid: "key-1" });
    await expectRefused(`${head}.${encoded(SOUND_CLAIMS)}.`);
  });

  test("alg none with a signature left in place is refused", async () => {
    const signature = (await world.sign()).split(".")[2];
    const head = encoded({ alg: "none", typ: "at+jwt" });
    await expectRefused(`${head}.${encoded(SOUND_CLAIMS)}.${signature}`);
  });

  test("HS256 with the public key as its secret is refused", async () => {
    const publicKey = (await importJWK(world.publicJwk, "ES256", {
      extractable: true,
    })) as CryptoKey;
    const secrets = [
      await exportSPKI(publicKey),
      JSON.stringify(world.publicJwk),
      world.publicJwk.x ?? "",
    ];
    for (const secret of secrets) {
      const signed = `${encoded({ alg: "HS256", typ: "at+jwt", kid: "key-1" })}.${encoded(SOUND_CLAIMS)}`;
      const mac = createHmac("sha256", secret).update(signed).digest("base64url");
      await expectRefused(`${signed}.${mac}`);
    }
  });

  test("an algorithm that the issuer's settings leave out is refused", async () => {
    const strict = await identityWorld({ settings: { algorithms: ["EdDSA"] } });
    await expectRefused(await strict.sign(), strict);
  });

  test("a symmetric algorithm cannot be configured", () => {
    const settings = { issuer: ISSUER, jwksUrl: "https://a.example/", audience: AUDIENCE };
    expect(tokenIssuerSchema.safeParse({ ...settings, algorithms: ["HS256"] }).success).toBe(false);
  });

  test("another key's signature under our key id is refused", async () => {
    const token = await new SignJWT(SOUND_CLAIMS)
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "key-1" })
      .sign(attacker.privateKey);
    await expectRefused(token);
  });

  test("the signature r = s = 0 is refused (CVE-2022-21449)", async () => {
    const [head, payload] = (await world.sign()).split(".");
    await expectRefused(`${head}.${payload}.${Buffer.alloc(64).toString("base64url")}`);
  });
});

describe("header", () => {
  test.each([
    "../../../../dev/null",
    "/etc/passwd",
    "key-1' OR '1'='1",
    "key-1\u0000",
    "__proto__",
    "http://127.0.0.1/key",
  ])("kid %j finds no key", async (kid) => {
    await expectRefused(await world.sign({}, { kid }));
  });

  test.each(["jku", "x5u"])("%s is never fetched, and its key never trusted", async (name) => {
    const header = { alg: "ES256", typ: "at+jwt", kid: "key-1", [name]: `${canary.url}/${name}` };
    const forged = await new SignJWT(SOUND_CLAIMS)
      .setProtectedHeader(header)
      .sign(attacker.privateKey);
    await expectRefused(forged);
    await world.identify(await world.sign({}, header));
    expect(canary.requests).toEqual([]);
  });

  test("a key inside the header is not trusted", async () => {
    const forged = await new SignJWT(SOUND_CLAIMS)
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", jwk: attacker.jwk })
      .sign(attacker.privateKey);
    await expectRefused(forged);
  });

  test.each([["b64"], ["exp"], ["urn:example:unknown"]])(
    "crit %j is refused",
    async (extension) => {
      const header = {
        alg: "ES256",
        typ: "at+jwt",
        kid: "key-1",
        crit: [extension],
        [extension]: true,
      };
      const signature = (await world.sign()).split(".")[2];
      await expectRefused(`${encoded(header)}.${encoded(SOUND_CLAIMS)}.${signature}`);
    },
  );

  test("a crit extension under a sound signature is refused", async () => {
    const token = await new SignJWT(SOUND_CLAIMS)
      .setProtectedHeader({
        alg: "ES256",
        typ: "at+jwt",
        kid: "key-1",
        crit: ["urn:x"],
        "urn:x": 1,
      })
      .sign(world.privateKey, { crit: { "urn:x": true } });
    await expectRefused(token);
  });

  test.each([undefined, "", "logout+jwt", "JOSE", "dpop+jwt", 7])(
    "typ %j is refused",
    async (typ) => {
      await expectRefused(await world.sign({}, { typ }));
    },
  );

  test.each(["at+jwt", "JWT", "application/at+jwt"])("typ %j is accepted", async (typ) => {
    await expect(world.identify(await world.sign({}, { typ }))).resolves.toMatchObject({
      kind: "PERSON",
    });
  });
});

describe("claims", () => {
  test.each([
    ["another issuer", { iss: "https://login.example.evil" }],
    ["no issuer", { iss: undefined }],
    ["a list of issuers", { iss: [ISSUER] }],
    ["another audience", { aud: "other-api" }],
    ["no audience", { aud: undefined }],
    ["an expiry in the past", { exp: NOW_S - 10 }],
    ["an expiry as text", { exp: String(NOW_S + 100) }],
    ["no expiry", { exp: undefined }],
    ["a beginning in the future", { nbf: NOW_S + 60 }],
    ["an issue in the future", { iat: NOW_S + 60 }],
    ["no issue", { iat: undefined }],
    ["an issue too long ago", { iat: NOW_S - 90_000 }],
    ["no token id", { jti: undefined }],
    ["no subject", { sub: undefined }],
    ["a subject that is an object", { sub: { $ne: null } }],
    ["roles that are objects", { roles: [{ role: "CS_AGENT" }] }],
    ["a ceiling that does not exist", { ceiling: "EVERYTHING" }],
    ["networks that are none", { networks: ["everywhere"] }],
  ])("%s is refused", async (_what, claims) => {
    await expectRefused(await world.sign(claims));
  });

  test("a claim that occurs twice is refused, although its last value would do", async () => {
    const payload = JSON.stringify(SOUND_CLAIMS);
    for (const twice of [
      payload.replace("{", '{"sub":"somebody-else",'),
      payload.replace("{", '{"\\u0073ub":"somebody-else",'),
      payload.replace("{", '{"act":{"sub":"a","sub":"b"},'),
    ]) {
      const signed = `${encoded({ alg: "ES256", typ: "at+jwt", kid: "key-1" })}.${encoded(twice)}`;
      const signature = await crypto.subtle.sign(
        { name: "ECDSA", hash: "SHA-256" },
        world.privateKey,
        Buffer.from(signed),
      );
      await expectRefused(`${signed}.${Buffer.from(signature).toString("base64url")}`);
    }
  });

  test.each([
    "",
    ".",
    "..",
    "a.b",
    "a.b.c",
    "a.b.c.d.e",
    `${encoded("[]")}.${encoded("[]")}.`,
    `${encoded("{")}.${encoded("null")}.x`,
    "A".repeat(20_000),
  ])("the malformed token %.20j is refused", async (token) => {
    await expectRefused(token);
  });

  test.each(["Basic dXNlcjpwYXNz", "Bearer", "Bearer a b", "token", ""])(
    "the header %j is refused, not anonymous",
    async (authorization) => {
      await expect(world.identify(undefined, { authorization })).rejects.toMatchObject({
        code: "UNAUTHENTICATED",
      });
    },
  );

  test("what a token adds beyond the record is not granted", async () => {
    const token = await world.sign({
      roles: ["CS_AGENT", "COMPLIANCE_OFFICER", "PLATFORM_ADMIN"],
      scope: "customers:read admin",
      serves: ["transferor", "transferee"],
      cases: ["DISCLOSURE-2026-001"],
      case_fields: ["idNumber"],
    });
    const caller = await world.identify(token);
    expect(caller).toMatchObject({
      roles: ["CS_AGENT"],
      scopes: [],
      caseCodes: [],
      disclosureCases: [],
    });
    expect(caller.servedOrganisationIds).toHaveLength(1);
  });

  test.each([
    ["organisation", { org: "transferee" }],
    ["kind", { kind: "CLIENT" }],
    ["customer", { customer: "0192a000-0000-7000-8000-000000000501" }],
  ])("a token of another %s than the record's is refused", async (_what, claims) => {
    await expectRefused(await world.sign(claims));
  });
});

describe("principals", () => {
  const record = recordOf("cs-agent");
  test.each([
    ["an unknown principal", []],
    ["a suspended principal", [{ ...record, state: "SUSPENDED" }]],
    ["a principal in a state nobody knows", [{ ...record, state: "" }]],
    [
      "a suspended organisation",
      [{ ...record, organisation: { ...record.organisation, state: "SUSPENDED" } }],
    ],
  ])("%s is refused", async (_what, records) => {
    const own = await identityWorld({ records });
    await expectRefused(await own.sign(), own);
  });

  test("a revoked token is refused, another of the same principal is not", async () => {
    const own = await identityWorld({ revoked: ["token-1"] });
    await expectRefused(await own.sign(), own);
    await expect(own.identify(await own.sign({ jti: "token-2" }))).resolves.toBeDefined();
  });
});

describe("a token that was accepted before", () => {
  test("is refused once it has expired", async () => {
    const token = await world.sign({ jti: "brief", exp: NOW_S + 30 });
    const at = (seconds: number) =>
      world.identify(token, { now: new Date((NOW_S + seconds) * 1_000) });
    await expect(at(0)).resolves.toBeDefined();
    await expect(at(29)).resolves.toBeDefined();
    await expect(at(36)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(at(-3_600)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("is refused once it is revoked or its principal suspended", async () => {
    const revoked: string[] = [];
    const records = [recordOf("cs-agent")];
    const own = await identityWorld({ records, revoked });
    const token = await own.sign();
    await expect(own.identify(token)).resolves.toBeDefined();
    records[0] = recordOf("cs-agent", { state: "SUSPENDED" });
    await expectRefused(token, own);
    records[0] = recordOf("cs-agent");
    revoked.push("token-1");
    await expectRefused(token, own);
  });

  test("does not lend its acceptance to a changed signature", async () => {
    const token = await world.sign();
    await expect(world.identify(token)).resolves.toBeDefined();
    await expectRefused(`${token.slice(0, -6)}AAAAAA`);
  });
});

describe("networks", () => {
  const partner = recordOf("partner-system");
  const claims = { sub: partner.id, org: "partner-gmbh", roles: ["PARTNER_SYSTEM"] };

  test.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])(
    "a client calls from its own network: %s",
    async (remoteAddress) => {
      const token = await world.sign(claims);
      await expect(world.identify(token, { remoteAddress })).resolves.toMatchObject({
        kind: "CLIENT",
      });
    },
  );

  test.each(["10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "", "unknown", "127.0.0.1, 10.0.0.1"])(
    "a client from %j is FORBIDDEN",
    async (remoteAddress) => {
      const token = await world.sign({ ...claims, networks: ["0.0.0.0/0", "::/0"] });
      await expect(world.identify(token, { remoteAddress })).rejects.toMatchObject({
        code: "FORBIDDEN",
        extras: {},
      });
    },
  );

  test("a client without any network may call from nowhere", async () => {
    const own = await identityWorld({ records: [{ ...partner, allowedNetworks: [] }] });
    await expect(own.identify(await own.sign(claims))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("a person's token that names networks is held to them", async () => {
    const token = await world.sign({ networks: ["10.0.0.0/8"] });
    await expect(world.identify(token)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(world.identify(token, { remoteAddress: "10.1.2.3" })).resolves.toBeDefined();
  });
});

describe("an issuer's keys", () => {
  /** An issuer whose key set is served over loopback, a request at a time. */
  async function remoteWorld(answer: (requests: number) => { status: number; body: unknown }) {
    let requests = 0;
    const server = createServer((_request, response) => {
      const { status, body } = answer(++requests);
      response.statusCode = status;
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    const settings = tokenIssuerSchema.parse({ issuer: ISSUER, jwksUrl, audience: AUDIENCE });
    const keys = trustRemoteIssuer(settings).keys;
    const own = await identityWorld({ keys: () => keys });
    return { own, server, count: () => requests };
  }

  test("are fetched once for many tokens", async () => {
    let served: unknown = null;
    const { own, server, count } = await remoteWorld(() => ({
      status: 200,
      body: { keys: [served] },
    }));
    served = own.publicJwk;
    for (let round = 0; round < 5; round++) await own.identify(await own.sign());
    await expectRefused(await own.sign({}, { kid: "unknown" }), own);
    expect(count()).toBe(1);
    server.close();
  });

  test("that cannot be had are our trouble, not the caller's", async () => {
    const { own, server } = await remoteWorld(() => ({ status: 500, body: {} }));
    await expect(own.identify(await own.sign())).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
    });
    server.close();
  });
});
