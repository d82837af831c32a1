import fc from "fast-check";
import type { Pool } from "pg";
import { createLookupLedger, type LookupLedger } from "../../src/database/lookup-ledger.ts";
import { createPool } from "../../src/database/pool.ts";
import { ALWAYS } from "../../src/policy/condition.ts";
import type { BudgetLimit } from "../../src/policy/rule.ts";
import { type FreshDatabase, freshDatabase } from "../support/fresh-database.ts";
import { CATALOG, CUSTOMER, customerField } from "../support/policy-world.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

/*
 * Whatever is asked on two nodes at once, in whatever order and however time goes on: no window holds
 * more different values than its budget, and nothing is refused that would have fitted.
 */

const LONGEST = 30;
const LIMITS: readonly BudgetLimit[] = [
  { measure: "lookups", minutes: 10, most: 4 },
  { measure: "lookups", minutes: LONGEST, most: 7 },
  { measure: "failed-probes", minutes: 10, most: 3 },
];
const VALUES = 12;
/** Values below this one are some customer's. */
const FOUND = 6;
const indexOf = (value: number): Buffer => Buffer.alloc(16, value + 1);
const field = customerField("idNumber");
const seed = Date.now() % 2 ** 31;

let database: FreshDatabase;
let pools: Pool[];
let nodes: LookupLedger[];
beforeAll(async () => {
  database = await freshDatabase();
  pools = [1, 2].map(() => createPool({ url: database.url, max: 4 }));
  nodes = pools.map((pool) => createLookupLedger({ pool, catalog: CATALOG }));
  const indexes = Array.from({ length: FOUND }, (_, value) => indexOf(value));
  await pools[0]?.query(
    `update customer c set id_number_index = n.index
       from (select id, row_number() over (order by id) as n from customer) r
       join unnest($1::bytea[]) with ordinality n (index, n) on n.n = r.n
      where c.id = r.id`,
    [indexes],
  );
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

const asking = fc.record({
  node: fc.nat(1),
  values: fc.uniqueArray(fc.nat(VALUES - 1), { minLength: 1, maxLength: 3 }),
});
/** Askings of one moment are sent at once; then time goes on. */
const course = fc.array(
  fc.record({ askings: fc.array(asking, { minLength: 1, maxLength: 5 }), minutes: fc.nat(20) }),
  { minLength: 1, maxLength: 6 },
);

/** A value that was paid for, with the minute at which. */
interface Paid {
  readonly value: number;
  readonly at: number;
}

let spenders = 0;

test(
  "no window holds more than its budget, under any interleaving",
  async () => {
    await fc.assert(
      fc.asyncProperty(course, async (moments) => {
        const id = `00000000-0000-7000-9000-${String(++spenders).padStart(12, "0")}`;
        let paid: readonly Paid[] = [];
        let at = 0;
        for (const { askings, minutes } of moments) {
          const isFresh = freshAt(paid, at);
          const outcomes = await Promise.all(
            askings.map(async ({ node, values }) => ({
              fresh: values.filter(isFresh),
              isAnswered: await isAnswered({ node, id, at, values }),
            })),
          );
          const answered = outcomes.filter((outcome) => outcome.isAnswered);
          const bought = new Set(answered.flatMap(({ fresh }) => fresh));
          paid = [...paid, ...[...bought].map((value) => ({ value, at }))];
          for (const limit of LIMITS)
            expect(spentIn(paid, at, limit)).toBeLessThanOrEqual(limit.most);
          for (const { fresh } of outcomes.filter((outcome) => !outcome.isAnswered))
            expect(doesNotFit(paid, at, fresh)).toBe(true);
          at += minutes;
        }
      }),
      { seed, numRuns: propertyRuns(200) },
    );
  },
  timeFor(300_000),
);

async function isAnswered(asked: {
  node: number;
  id: string;
  at: number;
  values: readonly number[];
}): Promise<boolean> {
  const overruns = await (nodes[asked.node] as LookupLedger).spend({
    spender: { id: asked.id, name: "spender", organisationId: asked.id, concernedIds: [] },
    now: new Date(TEMPLATE_NOW.getTime() + asked.at * 60_000),
    request: { type: CUSTOMER, visible: ALWAYS },
    lookups: asked.values.map((value) => ({
      field,
      digest: Buffer.alloc(16, value),
      indexes: [indexOf(value)],
      readable: ALWAYS,
    })),
    limitsOf: () => LIMITS,
  });
  return overruns.length === 0;
}

/** A value is remembered for the longest window after it was paid for. */
function freshAt(paid: readonly Paid[], now: number): (value: number) => boolean {
  return (value) => !paid.some((one) => one.value === value && one.at > now - LONGEST);
}

function spentIn(paid: readonly Paid[], now: number, { measure, minutes }: BudgetLimit): number {
  const counts = ({ value }: Paid): boolean => measure === "lookups" || value >= FOUND;
  return paid.filter((one) => counts(one) && one.at > now - minutes).length;
}

/** Every fresh value may fail, so that the answer doesn't tell which do. */
function doesNotFit(paid: readonly Paid[], now: number, fresh: readonly number[]): boolean {
  return LIMITS.some((limit) => spentIn(paid, now, limit) + fresh.length > limit.most);
}
