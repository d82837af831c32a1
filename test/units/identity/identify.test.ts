import { DEMO_ORGANISATIONS } from "../../../src/identity/demo-organisations.ts";
import { ANONYMOUS_CALLER } from "../../../src/identity/anonymous.ts";
import {
  CS_AGENT,
  identityWorld,
  NOW,
  recordOf,
  type IdentityWorld,
} from "../../support/identity-world.ts";

let world: IdentityWorld;

beforeAll(async () => {
  world = await identityWorld();
});

test("no token is the anonymous caller, who holds nothing", async () => {
  const caller = await world.identify(undefined, { purposeHeader: "MARKETING" });
  expect(caller).toBe(ANONYMOUS_CALLER);
  expect(caller).toMatchObject({ kind: "ANONYMOUS", roles: [], purposes: [], purpose: null });
});

test("a sound token leads to the caller that record and claims describe", async () => {
  expect(await world.identify(await world.sign())).toEqual({
    id: CS_AGENT.id,
    kind: "PERSON",
    name: "cs-agent",
    organisationId: CS_AGENT.organisation.id,
    organisationCode: "transferor",
    organisationIsFinancial: false,
    organisationIsOperator: false,
    servedOrganisationIds: [CS_AGENT.organisation.id],
    roles: ["CS_AGENT"],
    purposes: ["CUSTOMER_CARE", "SERVICE_DELIVERY"],
    purpose: null,
    scopes: [],
    fieldCeiling: null,
    mfa: true,
    authenticatedAt: null,
    trainingValidUntil: CS_AGENT.trainingValidUntil,
    clearance: "PRIVATE",
    withinWorkingHours: true,
    customerId: null,
    caseCodes: [],
    location: "CN",
    exportKeys: [
      `DE/${DEMO_ORGANISATIONS.transferor.id}`,
      `SG/${DEMO_ORGANISATIONS.transferor.id}`,
    ],
    elevations: [],
    disclosureCases: [],
    engagements: [],
    tokenId: "token-1",
  });
});

test("a caller is frozen through and through", async () => {
  const caller = await world.identify(await world.sign());
  expect(Object.isFrozen(caller)).toBe(true);
  expect(Object.isFrozen(caller.roles)).toBe(true);
  expect(Object.isFrozen(ANONYMOUS_CALLER.purposes)).toBe(true);
});

describe("purpose", () => {
  test("of several, the request chooses one", async () => {
    const token = await world.sign();
    expect((await world.identify(token, { purposeHeader: "CUSTOMER_CARE" })).purpose).toBe(
      "CUSTOMER_CARE",
    );
  });

  test("the only one is chosen without asking", async () => {
    const token = await world.sign({ purposes: ["MARKETING"] });
    expect((await world.identify(token)).purpose).toBe("MARKETING");
  });

  test.each(["MARKETING", "service_delivery", "", "SERVICE_DELIVERY, CUSTOMER_CARE"])(
    "%j is not among the token's and is refused",
    async (purposeHeader) => {
      const token = await world.sign();
      await expect(world.identify(token, { purposeHeader })).rejects.toMatchObject({
        code: "PURPOSE_NOT_PERMITTED",
      });
    },
  );

  test("a token without purposes has none, and none is chosen", async () => {
    const caller = await world.identify(await world.sign({ purposes: undefined }));
    expect(caller).toMatchObject({ purposes: [], purpose: null });
  });
});

describe("roles", () => {
  async function rolesWith(assignment: { validFrom: Date; validTo: Date | null }) {
    const record = recordOf("cs-agent", { roleAssignments: [{ role: "CS_AGENT", ...assignment }] });
    const own = await identityWorld({ records: [record] });
    return (await own.identify(await own.sign({ roles: ["CS_AGENT", "DATA_STEWARD"] }))).roles;
  }
  const before = new Date(NOW.getTime() - 1);
  const after = new Date(NOW.getTime() + 1);

  test("count from the first instant of their assignment", async () => {
    expect(await rolesWith({ validFrom: NOW, validTo: null })).toEqual(["CS_AGENT"]);
    expect(await rolesWith({ validFrom: after, validTo: null })).toEqual([]);
  });

  test("count no longer at the instant at which their assignment ends", async () => {
    expect(await rolesWith({ validFrom: before, validTo: after })).toEqual(["CS_AGENT"]);
    expect(await rolesWith({ validFrom: before, validTo: NOW })).toEqual([]);
  });

  test("that are assigned and not claimed stay unused", async () => {
    expect((await world.identify(await world.sign({ roles: [] }))).roles).toEqual([]);
    expect((await world.identify(await world.sign({ roles: undefined }))).roles).toEqual([]);
  });
});

describe("claims narrow the record", () => {
  const partner = recordOf("partner-system");
  const claims = { sub: partner.id, org: "partner-gmbh", roles: ["PARTNER_SYSTEM"] };

  test("scopes are those in both", async () => {
    const token = await world.sign({ ...claims, scope: "contact:read customers:write" });
    expect((await world.identify(token)).scopes).toEqual(["contact:read"]);
  });

  test.each([
    [undefined, "PARTIAL"],
    ["CLEAR", "PARTIAL"],
    ["TOKEN", "TOKEN"],
  ])("a claimed ceiling of %s below PARTIAL gives %s", async (ceiling, expected) => {
    const token = await world.sign({ ...claims, ceiling });
    expect((await world.identify(token)).fieldCeiling).toBe(expected);
  });

  test("served organisations are those that both name", async () => {
    const all = await world.identify(await world.sign(claims));
    const none = await world.identify(await world.sign({ ...claims, serves: ["transferee"] }));
    expect(all.servedOrganisationIds).toEqual(partner.serves.map(({ id }) => id));
    expect(none.servedOrganisationIds).toEqual([]);
  });

  test("whoever is engaged by nobody else serves their own organisation", async () => {
    const own = await identityWorld({ records: [recordOf("cs-agent", { serves: [] })] });
    const caller = await own.identify(await own.sign());
    expect(caller.servedOrganisationIds).toEqual([CS_AGENT.organisation.id]);
  });

  test("a second factor counts only when the token names it", async () => {
    expect((await world.identify(await world.sign({ amr: ["pwd"] }))).mfa).toBe(false);
    expect((await world.identify(await world.sign({ amr: undefined }))).mfa).toBe(false);
  });

  test("case fields are never more than the record lists", async () => {
    const liaison = recordOf("gov-liaison");
    const token = await world.sign({
      sub: liaison.id,
      org: "authority",
      case_fields: ["idNumber", "healthStatus"],
    });
    const { disclosureCases } = await world.identify(token);
    expect(disclosureCases.map(({ code, fields }) => ({ code, fields }))).toEqual([
      { code: "DISCLOSURE-2026-001", fields: ["idNumber"] },
    ]);
  });
});

describe("an issuer's own claim names", () => {
  test("are read by dotted path, and by whole name when it holds dots", async () => {
    const mapped = await identityWorld({
      settings: {
        claims: { roles: "realm_access.roles", purposes: "https://custodia.example/why" },
      },
    });
    const token = await mapped.sign({
      roles: undefined,
      purposes: undefined,
      realm_access: { roles: ["CS_AGENT"] },
      "https://custodia.example/why": ["CUSTOMER_CARE"],
    });
    expect(await mapped.identify(token)).toMatchObject({
      roles: ["CS_AGENT"],
      purpose: "CUSTOMER_CARE",
    });
  });

  test("do not reach into prototypes", async () => {
    const mapped = await identityWorld({
      settings: { claims: { organisation: "constructor.name" } },
    });
    await expect(mapped.identify(await mapped.sign())).resolves.toMatchObject({ id: CS_AGENT.id });
  });
});
