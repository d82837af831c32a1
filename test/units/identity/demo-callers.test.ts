import { validate, version } from "uuid";
import {
  DEMO_CALLERS,
  DEMO_CUSTOMER_IDS,
  findDemoCaller,
} from "../../../src/identity/demo-callers.ts";
import { DEMO_ORGANISATIONS } from "../../../src/identity/demo-organisations.ts";
import { demoCallerAt } from "../../../src/identity/demo-tokens.ts";
import { NOW } from "../../support/identity-world.ts";

test("ids and names are unique, and ids are UUIDv7", () => {
  const ids = [
    ...DEMO_CALLERS.map(({ id }) => id),
    ...Object.values(DEMO_ORGANISATIONS).map(({ id }) => id),
    ...Object.values(DEMO_CUSTOMER_IDS),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect([validate(id), version(id)]).toEqual([true, 7]);
  expect(new Set(DEMO_CALLERS.map(({ name }) => name)).size).toBe(DEMO_CALLERS.length);
});

test("everybody at the transferor has a counterpart at the transferee with other ids", () => {
  const unready = [
    "cs-agent-untrained",
    "cs-agent-no-mfa",
    "cs-agent-low-clearance",
    "cs-agent-night-shift",
    "cs-agent-abroad",
  ];
  const staff = DEMO_CALLERS.filter(
    ({ organisation, name, kind }) =>
      organisation === "transferor" && kind === "PERSON" && !unready.includes(name),
  );
  expect(staff).toHaveLength(10);
  for (const { name, id, roles } of staff) {
    const counterpart = findDemoCaller(`transferee-${name}`);
    expect(counterpart).toMatchObject({ roles, organisation: "transferee" });
    expect(counterpart?.id).not.toBe(id);
  }
});

test("the unready agents lack exactly one thing each", () => {
  const { mfa, trainingValidUntil } = demoCallerAt({ name: "cs-agent-untrained", now: NOW });
  expect([mfa, trainingValidUntil && trainingValidUntil < NOW]).toEqual([true, true]);
  expect(demoCallerAt({ name: "cs-agent-no-mfa", now: NOW }).mfa).toBe(false);
});

test("outsiders serve the transferor and not their own company", () => {
  expect(demoCallerAt({ name: "external-auditor", now: NOW })).toMatchObject({
    organisationCode: "audit-firm",
    servedOrganisationIds: [DEMO_ORGANISATIONS.transferor.id],
  });
});

test("a data subject is one customer", () => {
  expect(demoCallerAt({ name: "data-subject", now: NOW }).customerId).toBe(
    DEMO_CUSTOMER_IDS.transferor,
  );
});

test("every caller is explained in one sentence", () => {
  for (const { about } of DEMO_CALLERS) expect(about).toMatch(/^[A-Z][^.]+\.$/);
});
