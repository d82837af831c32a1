import { AGES } from "../../support/ages.ts";
import { recordWith } from "../../support/customer-world.ts";
import { type AgeBand, attributesOf } from "../../../src/customers/customer-attributes.ts";
import type { CustomerRecord } from "../../../src/customers/customer-record.ts";
import { Jurisdiction } from "../../../src/customers/customer.enums.ts";

function attributes(
  values: Partial<CustomerRecord>,
  { day = "2026-11-23", jurisdiction = Jurisdiction.CN } = {},
) {
  const now = new Date(`${day}T12:00:00Z`);
  return attributesOf({ record: recordWith(values), jurisdiction, now, agesIn: AGES });
}

test.each<[string, string, AgeBand, string | null]>([
  ["2012-11-24", "2026-11-23", "CHILD", "2012-12-01"],
  ["2012-11-23", "2026-11-23", "YOUTH", "2012-12-01"],
  ["2008-11-24", "2026-11-23", "YOUTH", "2008-12-01"],
  ["2008-11-23", "2026-11-23", "ADULT", null],
  ["2012-12-31", "2026-11-23", "CHILD", "2013-01-01"],
  ["2012-02-29", "2026-02-28", "CHILD", "2012-03-01"],
  ["2012-02-29", "2026-03-01", "YOUTH", "2012-03-01"],
])("born %s, on %s: %s, reckoned from %s on", (birthDate, day, ageBand, ageReckonedFrom) => {
  expect(attributes({ birthDate }, { day })).toMatchObject({ ageBand, ageReckonedFrom });
});

test.each([
  ["2010-11-24", Jurisdiction.CN, "YOUTH"],
  ["2010-11-24", Jurisdiction.DE, "CHILD"],
  ["2010-11-23", Jurisdiction.DE, "YOUTH"],
  ["2010-11-24", Jurisdiction.SG, "CHILD"],
])("born %s in %s: %s by the law there", (birthDate, jurisdiction, ageBand) => {
  expect(attributes({ birthDate }, { jurisdiction }).ageBand).toBe(ageBand);
});

test("an age nobody knows is UNKNOWN, and a company has none", () => {
  expect(attributes({})).toMatchObject({ ageBand: "UNKNOWN", ageReckonedFrom: null });
  expect(attributes({ kind: "ORGANISATION", birthDate: "2015-01-01" }).ageBand).toBe(
    "NOT_A_PERSON",
  );
});

test("a guardian's consent counts for those who may be minors only", () => {
  const guardianName = "王建国";
  expect(attributes({ guardianName, birthDate: "2019-01-01" }).guardianConsent).toBe(true);
  expect(attributes({ guardianName }).guardianConsent).toBe(true);
  expect(attributes({ guardianName, birthDate: "1990-01-01" }).guardianConsent).toBe(false);
  expect(attributes({ birthDate: "2019-01-01" }).guardianConsent).toBe(false);
});

test("marketing has a basis only where consent was given, and a refusal is an objection", () => {
  const contract = ["SERVICE_DELIVERY", "CUSTOMER_CARE", "ANALYTICS"];
  expect(attributes({ marketingConsent: "GIVEN" })).toMatchObject({
    basisPurposes: [...contract, "MARKETING"],
    marketingAllowed: true,
  });
  expect(attributes({ marketingConsent: "REFUSED" })).toMatchObject({
    basisPurposes: contract,
    marketingAllowed: false,
  });
  expect(attributes({})).toMatchObject({ basisPurposes: contract, marketingAllowed: true });
});

test("the region is province and city", () => {
  expect(attributes({ province: "福建省", city: "厦门市" })).toMatchObject({
    province: "福建省",
    region: "福建省 厦门市",
  });
  expect(attributes({ province: "福建省" }).region).toBe("福建省");
  expect(attributes({}).region).toBeNull();
});
