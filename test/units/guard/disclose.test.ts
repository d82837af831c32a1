import type { Disclosure } from "../../../src/classification/disclosure.ts";
import type { Row } from "../../../src/database/read-request.ts";
import { formOf, type Unsealer } from "../../../src/guard/disclose.ts";
import { customerField } from "../../support/policy-world.ts";

const ID = "0192a000-0000-7000-8000-0000000009ff";

/** Keys are out of reach: whatever needs one fails. */
const LOCKED: Unsealer = {
  open: () => locked(),
  pseudonymOfIndex: () => locked(),
  pseudonymOfValue: () => locked(),
};

test("a sealed field below CLEAR is shown from what is stored beside it, without any key", () => {
  const stored = {
    idNumber$partial: "1****************X",
    idNumber$exists: true,
    birthDate$coarse: "1949-XX-XX",
  };
  expect(shown("idNumber", "PARTIAL", stored)).toBe("1****************X");
  expect(shown("idNumber", "EXISTS", stored)).toBe("******");
  expect(shown("birthDate", "COARSE", stored)).toBe("1949-XX-XX");
  expect(shown("healthStatus", "NONE", {})).toBeNull();
});

test("a missing sealed value is null at every level, and nothing is opened for it", () => {
  expect(shown("idNumber", "CLEAR", { idNumber: null })).toBeNull();
  expect(shown("idNumber", "PARTIAL", { idNumber$partial: null })).toBeNull();
  expect(shown("idNumber", "EXISTS", { idNumber$exists: false })).toBeNull();
  expect(shown("idNumber", "TOKEN", { idNumber$index: null, controllerId: ID })).toBeNull();
});

test("a sealed value in clear is opened", () => {
  expect(() => shown("idNumber", "CLEAR", { idNumber: Buffer.from("sealed") })).toThrow("locked");
});

test.each<[Disclosure, string]>([
  ["CLEAR", "clear"],
  ["PARTIAL", "partial"],
  ["EXISTS", "exists"],
])("a part for %s that was not loaded is a mistake, not an empty answer", (level, part) => {
  expect(() => shown("idNumber", level, {})).toThrow(`Customer.idNumber was not loaded (${part})`);
});

function shown(field: string, disclosure: Disclosure, parts: Record<string, unknown>): unknown {
  const row = { __typename: "Customer", id: ID, ...parts } as Row;
  const form = formOf(customerField(field), disclosure);
  return form(row, { purpose: "SERVICE_DELIVERY", unsealer: LOCKED });
}

function locked(): never {
  throw new Error("locked");
}
