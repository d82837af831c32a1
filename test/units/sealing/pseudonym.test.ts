import { blindIndex } from "../../../src/sealing/blind-index.ts";
import type { OrganisationKey } from "../../../src/sealing/organisation-key.ts";
import { pseudonym, pseudonymOfValue } from "../../../src/sealing/pseudonym.ts";
import { freshOrganisationKeys, TRANSFEREE, TRANSFEROR } from "../../support/sealing-world.ts";

let transferor: OrganisationKey;
let transferee: OrganisationKey;
beforeAll(async () => {
  const organisationKeys = await freshOrganisationKeys();
  transferor = organisationKeys.newest(TRANSFEROR);
  transferee = organisationKeys.newest(TRANSFEREE);
});

const phoneIndex = (value: string, organisation = transferor) =>
  blindIndex({ organisationIndexKey: organisation.indexKey, column: "customer.phone", value });

describe("a blind index", () => {
  test("is 16 bytes, equal for equal values, and different for others", () => {
    expect(phoneIndex("+8613800138000")).toHaveLength(16);
    expect(phoneIndex("+8613800138000")).toEqual(phoneIndex("+8613800138000"));
    expect(phoneIndex("+8613800138000")).not.toEqual(phoneIndex("+8613800138001"));
  });

  test("differs by organisation and by column", () => {
    const organisationIndexKey = transferor.indexKey;
    expect(phoneIndex("1")).not.toEqual(phoneIndex("1", transferee));
    expect(phoneIndex("1")).not.toEqual(
      blindIndex({ organisationIndexKey, column: "customer.id_number", value: "1" }),
    );
  });
});

describe("a pseudonym", () => {
  const tokenOf = (change: { purpose?: string; field?: string; organisation?: OrganisationKey }) =>
    pseudonym({
      organisationTokenKey: (change.organisation ?? transferor).tokenKey,
      purpose: change.purpose ?? "MARKETING",
      field: change.field ?? "phone",
      indexed: phoneIndex("+8613800138000"),
    });

  test("is stable, short and opaque", () => {
    expect(tokenOf({})).toMatch(/^tok_[\w-]{22}$/);
    expect(tokenOf({})).toBe(tokenOf({}));
  });

  test("differs by purpose, field and organisation, so that lists can't be joined", () => {
    const tokens = [
      tokenOf({}),
      tokenOf({ purpose: "COMPLIANCE_AUDIT" }),
      tokenOf({ field: "email" }),
      tokenOf({ organisation: transferee }),
    ];
    expect(new Set(tokens).size).toBe(4);
  });

  test("is the same whether the value is sealed or clear", () => {
    const ofClearValue = pseudonymOfValue({
      organisation: transferor,
      purpose: "MARKETING",
      field: "phone",
      column: "customer.phone",
      value: "+8613800138000",
    });
    expect(ofClearValue).toBe(tokenOf({}));
  });
});
