import { tokenIssuerSchema } from "../../src/identity/token-issuer.ts";
import type { WorkingHours } from "../../src/identity/working-hours.ts";
import {
  identityWorld,
  ISSUER,
  NOW_S,
  recordOf,
  type IdentityWorld,
} from "../support/identity-world.ts";

/** Hours in which nobody works. */
const NEVER: WorkingHours = { timeZone: "Asia/Shanghai", days: [], from: "09:00", to: "18:00" };

let world: IdentityWorld;

beforeAll(async () => {
  world = await identityWorld();
});

test("no claim widens a clearance, the working hours, or what the employer is", async () => {
  const records = [recordOf("cs-agent", { clearance: "PUBLIC", workingHours: NEVER })];
  const own = await identityWorld({ records });
  const caller = await own.identify(
    await own.sign({
      clearance: "PRIVATE",
      working_hours: null,
      workingHours: null,
      withinWorkingHours: true,
      within_working_hours: true,
      financial: true,
      organisationIsFinancial: true,
      operator: true,
      organisationIsOperator: true,
      organisation: { financial: true, operator: true },
    }),
  );
  expect(caller).toMatchObject({
    clearance: "PUBLIC",
    withinWorkingHours: false,
    organisationIsFinancial: false,
    organisationIsOperator: false,
  });
});

test("a token that names another organisation than the record's is nobody's", async () => {
  const token = await world.sign({ org: "operator" });
  await expect(world.identify(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

test("an issuer's mapping has no place for a clearance or for hours", () => {
  for (const name of ["clearance", "workingHours", "withinWorkingHours", "financial", "operator"]) {
    const settings = { issuer: ISSUER, jwksUrl: "https://login.example/jwks", audience: "a" };
    const mapped = tokenIssuerSchema.safeParse({ ...settings, claims: { [name]: "claim" } });
    expect(mapped.success).toBe(false);
  }
});

test.each([
  ["a second ago", NOW_S - 1, new Date((NOW_S - 1) * 1_000)],
  ["at the beginning of time", 0, new Date(0)],
  ["with a fraction of a second", 1.5, new Date(1_500)],
])("a token tells that its bearer signed in %s", async (_when, auth_time, authenticatedAt) => {
  expect(await world.identify(await world.sign({ auth_time }))).toMatchObject({
    authenticatedAt,
  });
});

test.each([[-1], ["2026-11-20T09:00:00Z"], [1e300], [true], [[NOW_S]], [{}]])(
  "a sign-in at %j is no point in time, and its token is refused",
  async (auth_time) => {
    const token = await world.sign({ auth_time });
    await expect(world.identify(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  },
);

test("a purpose that the law knows and nobody is given is refused without the token's leave", async () => {
  const token = await world.sign();
  for (const purposeHeader of ["PUBLICATION", "AI_TRAINING", "RISK_AML"])
    await expect(world.identify(token, { purposeHeader })).rejects.toMatchObject({
      code: "PURPOSE_NOT_PERMITTED",
    });
});
