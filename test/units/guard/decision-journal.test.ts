import type { Row } from "../../../src/database/read-request.ts";
import type { FieldDefinition } from "../../../src/classification/catalog.ts";
import type { Verdict } from "../../../src/policy/verdict.ts";
import { type DecidedFields, RowVerdicts } from "../../../src/guard/row-verdicts.ts";
import { callerBut, customerField, decisionsOf } from "../../support/policy-world.ts";
import { journalOf, REFERENCES } from "../../support/journal.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const CLEAR = { disclosure: "CLEAR", reason: null, rule: "a/b" } as const;
const HIDDEN = { disclosure: "NONE", reason: "NO_GRANT", rule: "default-deny" } as const;
const ORGANISATION = "0192a000-0000-7000-8000-000000000101";
const OTHER = "0192a000-0000-7000-8000-000000000102";
const NO_OPERATION = { name: null, digest: null };

function row(number: number, attributes: object = {}): Row {
  return {
    __typename: "Customer",
    id: `0192a000-0000-7000-8000-${String(number).padStart(12, "0")}`,
    controllerId: ORGANISATION,
    transferIds: [],
    circumstances: `state-of-${number}`,
    ...attributes,
  };
}

/** One and the same for rows that are alike, as the guard has it. */
const known = new Map<string, DecidedFields>();
function decided(field: FieldDefinition, verdict: Verdict): DecidedFields {
  const key = `${field.name} ${verdict.rule} ${verdict.disclosure}`;
  const one = known.get(key) ?? [{ field, verdict }];
  known.set(key, one);
  return one;
}

function journal() {
  return journalOf(decisionsOf(callerBut({ name: "cs-agent", now: NOW }), NOW));
}

const phone = customerField("phone");
const fullName = customerField("fullName");
const healthStatus = customerField("healthStatus");
const purchaseTotal = customerField("purchaseTotal");

test("rows with the same verdicts are one record, whatever number of rows and fields", () => {
  const of = journal();
  for (let number = 0; number < 100; number += 1) {
    const read = row(number);
    of.read(read, decided(phone, CLEAR));
    of.read(read, decided(fullName, CLEAR));
  }
  const { records, isAwaited } = of.close(NO_OPERATION);
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    action: "READ",
    type: "Customer",
    verdicts: [{ fields: ["fullName", "phone"], ...CLEAR }],
    rows: { count: 100 },
    clear: null,
  });
  expect(isAwaited).toBe(false);
});

test("rows of another organisation, and rows in a transfer, are records of their own", () => {
  const of = journal();
  of.read(row(1), decided(phone, CLEAR));
  of.read(row(2, { controllerId: OTHER }), decided(phone, CLEAR));
  of.read(row(3, { transferIds: [OTHER] }), decided(phone, CLEAR));
  const { records } = of.close(NO_OPERATION);
  expect(
    records.map(({ concerned, transfers, rows }) => [concerned, transfers, rows.count]),
  ).toEqual([
    [[ORGANISATION], [], 1],
    [[ORGANISATION, OTHER], [], 1],
    [[ORGANISATION], [OTHER], 1],
  ]);
});

test("a SENSITIVE value in clear makes the answer wait, and below CLEAR it doesn't", () => {
  const [shown, hidden] = [journal(), journal()];
  shown.read(row(1), decided(purchaseTotal, CLEAR));
  hidden.read(row(1), decided(purchaseTotal, HIDDEN));
  expect(shown.close(NO_OPERATION)).toMatchObject({
    isAwaited: true,
    records: [{ clear: "SENSITIVE" }],
  });
  expect(hidden.close(NO_OPERATION)).toMatchObject({
    isAwaited: false,
    records: [{ clear: null }],
  });
});

test("each PRIVATE value in clear has its own record, and stands in no other", () => {
  const of = journal();
  for (const number of [1, 2]) {
    of.read(row(number), decided(phone, CLEAR));
    of.read(row(number), decided(healthStatus, CLEAR));
  }
  const { records } = of.close(NO_OPERATION);
  expect(records.map(({ verdicts, rows }) => [verdicts[0]?.fields, rows.count])).toEqual([
    [["phone"], 2],
    [["healthStatus"], 1],
    [["healthStatus"], 1],
  ]);
});

test("what was asked by PUBLIC fields alone is said beside what was read", () => {
  const of = journal();
  of.asked({ action: "FILTER", type: "Customer", filter: [phone] });
  of.read(row(1), decided(fullName, CLEAR));
  const { records } = of.close(NO_OPERATION);
  expect(records).toHaveLength(1);
  expect(records[0]?.about).toEqual({ asked: [{ filter: ["phone"], sort: [], group: [] }] });
});

test("a sealed value that was looked up has its own record and makes the answer wait", () => {
  const of = journal();
  of.asked({ action: "FILTER", type: "Customer", filter: [customerField("idNumber")] });
  of.read(row(1), decided(fullName, CLEAR));
  const { records, isAwaited } = of.close(NO_OPERATION);
  expect(records.map(({ action, clear }) => [action, clear])).toEqual([
    ["FILTER", "SENSITIVE"],
    ["READ", null],
  ]);
  expect(isAwaited).toBe(true);
});

test("a customer is named by a reference that leads back, and only with the key", () => {
  const of = journal();
  of.read(row(7), decided(phone, CLEAR));
  const [record] = of.close(NO_OPERATION).records;
  const [reference = ""] = record?.rows.customers ?? [];
  expect(reference).not.toBe(row(7).id);
  expect(REFERENCES.customerOf(reference)).toBe(row(7).id);
  expect(JSON.stringify(record)).not.toContain(row(7).id);
});

test("rows are told apart by what was decided, not by the order in which it was decided", () => {
  const verdicts = new RowVerdicts();
  const [one, other, third] = [row(1), row(2), row(3)];
  verdicts.record(one, decided(phone, CLEAR));
  verdicts.record(other, decided(phone, HIDDEN));
  verdicts.record(one, decided(fullName, HIDDEN));
  verdicts.record(other, decided(fullName, HIDDEN));
  verdicts.record(one, decided(phone, CLEAR));
  verdicts.record(third, decided(fullName, HIDDEN));
  verdicts.record(third, decided(phone, CLEAR));
  const groups = verdicts.groups();
  expect(groups.map(({ rows }) => rows)).toEqual([[one, third], [other]]);
  expect(groups[0]?.verdicts).toHaveLength(2);
});
