import type { Pool } from "pg";
import type { CursorValues, Filter } from "../../../src/database/read-request.ts";
import { readByIds, readPage } from "../../../src/database/read-statements.ts";
import type { Statement } from "../../../src/database/run-statement.ts";
import { type Explained, explained } from "../../support/explained.ts";
import { filledIndex, fillLargeTables } from "../../support/large-tables.ts";
import {
  by,
  CATALOG,
  controlledBy,
  emptyDatabase,
  idOf,
  page,
  reading,
  TRANSFEROR_ID,
  where,
} from "../../support/reader-world.ts";

/*
 * What a read costs hangs on the rows that it returns and not on how many there are: asserted on the
 * blocks that PostgreSQL reads for the reader's statements, in a ledger and in one twenty times as large.
 * Blocks are counted, not timed.
 */

const SMALL = 2_000;
const LARGE = 40_000;
/** An index on twenty times as many rows is at most a level higher, and each key of a page is sought once. */
const LEVELS = 8;

const REQUEST = reading({
  parts: ["fullName", "phone", "email", "region", "purchaseTotal$coarse", "idNumber$partial"],
  attributes: ["controllerId", "state", "ageBand"],
  visible: controlledBy(TRANSFEROR_ID),
});

type World = Awaited<ReturnType<typeof emptyDatabase>>;
let small: World;
let large: World;
beforeAll(async () => {
  [small, large] = await Promise.all([worldOf(SMALL), worldOf(LARGE)]);
}, 240_000);
afterAll(() => Promise.all([small.close(), large.close()]));

async function worldOf(customers: number): Promise<World> {
  const world = await emptyDatabase();
  await fillLargeTables(world.pool, { customers });
  // What was just written would be looked at once more by whoever reads it first.
  await world.pool.query("vacuum (analyze) customer");
  return world;
}

function pageOf({
  limit,
  from = null,
  filter = null,
  order = [],
}: {
  limit: number;
  from?: CursorValues | null;
  filter?: Filter | null;
  order?: ReturnType<typeof by>;
}): Statement {
  const wanted = page({ limit, from, filter, order });
  return readPage(CATALOG, { request: REQUEST, page: wanted }).statement;
}

/** The same read where there are few customers and where there are many; it is given their number. */
async function costs(
  statementFor: (customers: number, pool: Pool) => Statement | Promise<Statement>,
): Promise<{ few: Explained; many: Explained }> {
  return {
    few: await explained(small.pool, await statementFor(SMALL, small.pool)),
    many: await explained(large.pool, await statementFor(LARGE, large.pool)),
  };
}

/** A ninth tenth of the way: at the large ledger nearly four hundred pages of a hundred in. */
function deepIn(customers: number): number {
  return Math.floor(customers * 0.9);
}

describe("in a ledger twenty times as large", () => {
  test.each<[string, (customers: number, pool: Pool) => Statement | Promise<Statement>]>([
    ["the first page", () => pageOf({ limit: 100 })],
    ["a page far behind", (n) => pageOf({ limit: 100, from: [idOf("c", deepIn(n))] })],
    [
      "a page far behind in an order of one's own",
      (n) => pageOf({ limit: 100, order: by("customerNo"), from: ["C-5", idOf("c", deepIn(n))] }),
    ],
    [
      "a page far behind in an order in which all are alike",
      (n) => pageOf({ limit: 100, order: by("kind"), from: ["INDIVIDUAL", idOf("c", deepIn(n))] }),
    ],
    ["a lookup by id", (n) => readByIds(CATALOG, REQUEST, [idOf("c", n - 1)]).statement],
    [
      "a filter on the exact value of a sealed field",
      async (n, pool) =>
        pageOf({
          limit: 21,
          filter: where("idNumber", "eq", await filledIndex(pool, `id ${n - 1}`)),
        }),
    ],
  ])("%s reads as many blocks", async (_, statementFor) => {
    const { few, many } = await costs(statementFor);
    expect(few.rows).toBeGreaterThan(0);
    expect(many.rows).toBe(few.rows);
    expect(many.touched).toBeLessThanOrEqual(few.touched * 1.1 + 1);
    expect(many.blocks).toBeLessThanOrEqual(few.blocks * 1.5 + LEVELS);
  });
});

test("a page costs in proportion to its rows", async () => {
  const ten = await explained(large.pool, pageOf({ limit: 10 }));
  const hundred = await explained(large.pool, pageOf({ limit: 100 }));
  const thousand = await explained(large.pool, pageOf({ limit: 1_000 }));
  expect([ten.rows, hundred.rows, thousand.rows]).toEqual([10, 100, 1_000]);
  // Three of four rows are of this ledger, so that PostgreSQL may as well come past the fourth.
  for (const { rows, touched } of [ten, hundred, thousand])
    expect(touched).toBeLessThanOrEqual(rows * 1.5);
  expect(hundred.blocks).toBeLessThanOrEqual(ten.blocks * 10 + LEVELS);
  expect(thousand.blocks).toBeLessThanOrEqual(hundred.blocks * 10 + LEVELS);
});

test("a page a thousand pages deep costs what the first costs", async () => {
  const first = await explained(large.pool, pageOf({ limit: 20 }));
  const deep = await explained(large.pool, pageOf({ limit: 20, from: [idOf("c", 30_000)] }));
  expect(deep.rows).toBe(20);
  expect(deep.touched).toBe(first.touched);
  expect(deep.blocks).toBeLessThanOrEqual(first.blocks + LEVELS);
});
