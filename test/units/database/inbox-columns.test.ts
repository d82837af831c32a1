import fc from "fast-check";
import { columnsOf } from "../../../src/audit/decision-columns.ts";
import { canonicalText, type DecisionRecord } from "../../../src/audit/decision-record.ts";
import { pendingRecords } from "../../../src/audit/pending-records.ts";
import { createDecisionInbox } from "../../../src/database/decision-inbox.ts";
import {
  type AuditWorld,
  auditWorld,
  countingMetrics,
  faultsOfLog,
  readingRecord,
  readingRecords,
} from "../../support/audit-world.ts";
import { propertyRuns } from "../../support/runs.ts";

let world: AuditWorld;
beforeEach(async () => {
  world = await auditWorld();
});
afterEach(() => world.close());

const PLACE = ["tree_index", "sealed_at"];

async function write(records: readonly DecisionRecord[]): Promise<void> {
  const sink = createDecisionInbox(world.pool);
  await sink.write({ records: pendingRecords(records), callers: [], isRepeated: false });
}

/** Everything of the sealed records but their places, by id. */
async function sealedRows(): Promise<Record<string, unknown>[]> {
  const { rows } = await world.pool.query<Record<string, unknown>>(
    "select * from decision order by id",
  );
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(PLACE.map((name) => [name, undefined])),
  }));
}

/** Words that mean something to PostgreSQL, to JSON or to UTF-8. */
const word = fc.oneof(
  fc.constantFrom("", "NULL", "null", "{}", "{a,b}", '"', "\\", '\\"', "(", ")", ",", " ", "a b"),
  fc.constantFrom("\u2028", "𝄞", "Łódź 票", "\n", "'", "a=b/c:d.e+f-g_h", "%", "$1"),
  fc.string({ unit: "binary" }).filter((text) => text.isWellFormed() && !text.includes("\0")),
);
const words = fc.array(word, { maxLength: 4 });
const id = fc.uuid();
const wordOrNull = fc.option(word, { nil: null });

const record: fc.Arbitrary<DecisionRecord> = fc
  .record({
    request: word,
    operation: fc.record({ name: wordOrNull, digest: wordOrNull }),
    type: wordOrNull,
    caller: fc.record({
      id: fc.option(id, { nil: null }),
      organisationId: fc.option(id, { nil: null }),
      roles: words,
      caseCodes: words,
      tokenId: wordOrNull,
      state: word,
    }),
    purpose: wordOrNull,
    policyVersion: word,
    lawPack: wordOrNull,
    concerned: fc.array(id, { maxLength: 3 }),
    transfers: fc.array(id, { maxLength: 3 }),
    verdicts: fc.array(
      fc.record({
        fields: words,
        disclosure: fc.constantFrom("CLEAR", "PARTIAL", "NONE"),
        reason: wordOrNull,
        rule: word,
        stage: wordOrNull,
        under: words,
      }),
      { maxLength: 3 },
    ),
    rows: fc.record({
      count: fc.nat(100),
      ids: fc.array(id, { maxLength: 2 }),
      customers: fc.array(id, { maxLength: 4 }),
      circumstances: words,
      own: fc.array(fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: null })),
    }),
    clear: fc.constantFrom("SENSITIVE", "PRIVATE", null),
    refusal: wordOrNull,
    about: fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: null }),
  })
  .map((said) => readingRecord(said as Partial<DecisionRecord>));

/** The form as `decision-record.ts` describes it: all keys, in the order of the interfaces. */
function describedText(of: DecisionRecord): string {
  const { caller, operation, rows } = of;
  const pick = (from: object, names: string): object =>
    Object.fromEntries(names.split(" ").map((name) => [name, from[name as keyof typeof from]]));
  return JSON.stringify({
    ...pick(of, "v id at request"),
    operation: pick(operation, "name digest"),
    ...pick(of, "action type"),
    caller: pick(caller, "id organisationId roles caseCodes tokenId state"),
    ...pick(of, "purpose policyVersion lawPack concerned transfers"),
    verdicts: of.verdicts.map((one) => pick(one, "fields disclosure reason rule stage under")),
    rows: pick(rows, "count ids customers circumstances own"),
    ...pick(of, "clear refusal about"),
  });
}

test("a record that is moved with its columns is the row that its text alone would give", async () => {
  const metrics = countingMetrics();
  const sealer = world.sealer({ metrics });
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 12 }), async (records) => {
      await world.pool.query("truncate decision");
      for (const { id: one, body, columns } of pendingRecords(records)) {
        const said = records.find((other) => other.id === one) as DecisionRecord;
        expect(body).toBe(describedText(said));
        expect(canonicalText(said)).toBe(body);
        const { asked, decided, covered } = columns ?? {};
        expect({ id: one, ...asked, ...decided, ...covered }).toEqual(columnsOf(said));
      }
      await write(records);
      await sealer.tick();
      const moved = await sealedRows();
      expect(moved).toHaveLength(records.length);
      // The tree stays as it is; only what was stored is compared.
      await world.pool.query("truncate decision");
      await world.put(records);
      await sealer.tick();
      expect(await sealedRows()).toEqual(moved);
      expect(metrics.said["failed"]).toBeUndefined();
      expect(metrics.said["unreadable"]).toBeUndefined();
    }),
    { numRuns: propertyRuns(15) },
  );
});

test("records of several requests in one group keep what each was asked by", () => {
  const [one, other] = [readingRecord({ purpose: "A" }), readingRecord({ purpose: "B" })];
  const third = { ...one, id: readingRecord().id, caller: { ...one.caller, roles: ["OTHER"] } };
  const pending = pendingRecords([one, other, one, third]);
  expect(pending.map(({ body }) => body)).toEqual([one, other, one, third].map(describedText));
  expect(pending.map(({ columns }) => columns?.asked.purpose)).toEqual(["A", "B", "A", "A"]);
  expect(pending.map(({ columns }) => columns?.asked.roles)).toEqual([
    ["CUSTOMER_SERVICE"],
    ["CUSTOMER_SERVICE"],
    ["CUSTOMER_SERVICE"],
    ["OTHER"],
  ]);
});

test.each<[string, Partial<DecisionRecord>]>([
  ["a purpose that no text can hold", { purpose: "a\0b" }],
  ["half a character", { request: "\ud800" }],
  [
    "a rule that no text can hold",
    { verdicts: readingRecord().verdicts.map((one) => ({ ...one, rule: "\0" })) },
  ],
  ["no time", { at: "yesterday" }],
  ["an organisation that is none", { concerned: ["nobody"] }],
  ["a customer that was not loaded", { rows: { ...readingRecord().rows, customers: ["", ""] } }],
  ["ids that hold a null character", { transfers: ["\0".repeat(36)] }],
  ["ids that end a row", { transfers: [`"),(${"x".repeat(32)}`] }],
  ["ids that PostgreSQL refuses", { transfers: ["x".repeat(36)] }],
  ["less than no rows", { rows: { ...readingRecord().rows, count: -1 } }],
])("%s is durable, and sealed with what can be read of the text", async (_name, said) => {
  const odd = readingRecord(said);
  const others = readingRecords(3);
  await write([...others.slice(0, 2), odd, ...others.slice(2)]);
  const metrics = countingMetrics();
  const sealer = world.sealer({ metrics });
  for (let ticks = 0; ticks < 3; ticks += 1) await sealer.tick();
  const { rows } = await world.pool.query(
    "select id, body, action, principal_id, retention from decision order by tree_index",
  );
  expect(new Set(rows.map((row) => row.id))).toEqual(
    new Set([odd, ...others].map((one) => one.id)),
  );
  expect(rows.find((row) => row.id === odd.id)).toMatchObject({
    body: canonicalText(odd),
    action: "READ",
    principal_id: odd.caller.id,
    retention: "PRIVATE",
  });
  expect(metrics.said["unreadable"]).toBe(1);
  expect(await faultsOfLog(world.pool)).toEqual([]);
});

describe("columns that came with a text count for nothing", () => {
  const columnsIn = (): Promise<string> =>
    world.value("select columns from decision_inbox where columns is not null");

  async function expectRead(of: DecisionRecord): Promise<void> {
    const sealer = world.sealer();
    for (let ticks = 0; ticks < 3; ticks += 1) await sealer.tick();
    const { rows } = await world.pool.query(
      "select purpose, row_count from decision where id = $1",
      [of.id],
    );
    expect(rows).toEqual([{ purpose: of.purpose, row_count: of.rows.count }]);
    expect(await faultsOfLog(world.pool)).toEqual([]);
  }

  const putWith = (of: DecisionRecord, columns: string): Promise<unknown> =>
    world.pool.query("insert into decision_inbox (id, body, columns) values ($1, $2, $3)", [
      of.id,
      canonicalText(of),
      columns,
    ]);

  test.each(["", "()", "(,,)", "no row", '{"v":1}'])("where they are %p", async (columns) => {
    const one = readingRecord();
    await write(readingRecords(3));
    await putWith(one, columns);
    await expectRead(one);
  });

  test("where the text is that of another record", async () => {
    const [one, other] = [readingRecord({ purpose: "MINE" }), readingRecord()];
    await write([one]);
    const columns = await columnsIn();
    await world.pool.query("insert into decision_inbox (id, body, columns) values ($1, $2, $3)", [
      other.id,
      canonicalText(one),
      columns,
    ]);
    const metrics = countingMetrics();
    await world.sealer({ metrics }).tick();
    expect(metrics.said["unreadable"]).toBe(1);
    expect(await world.value("select action from decision where id = $1", [other.id])).toBe(
      "UNREADABLE",
    );
    expect(await faultsOfLog(world.pool)).toEqual([]);
  });
});

test("records with columns and without are sealed together in the order in which they came", async () => {
  const [first, second, third] = [readingRecords(2), readingRecords(3), readingRecords(2)];
  await world.put(first);
  await write(second);
  await world.put(third);
  expect((await world.sealer().tick()).records).toBe(7);
  const ids = await world.value<string[]>("select array_agg(id order by tree_index) from decision");
  const group = (from: number, to: number): string[] => ids.slice(from, to).sort();
  expect([group(0, 2), group(2, 5), group(5, 7)]).toEqual(
    [first, second, third].map((records) => records.map((one) => one.id).sort()),
  );
  expect(await faultsOfLog(world.pool)).toEqual([]);
});
