import { createReader, type Reader } from "../../../src/database/reader.ts";
import type { SortKey } from "../../../src/database/read-request.ts";
import {
  by,
  CATALOG,
  controlledBy,
  customerRow,
  emptyDatabase,
  from,
  insertRows,
  page,
  reading,
  TRANSFEREE_ID,
  TRANSFEROR_ID,
} from "../../support/reader-world.ts";

const NAMES = ["Li Na", null, "Ärzte GmbH", "Li Na", "", null, "wang wei", "Wang Wei", null, "😀"];
const DAYS = ["2020-02-29", null, "1999-12-31", "2020-02-29", null];
/** Points in time that differ by less than JavaScript can tell. */
const TIMES = [
  "2026-11-01T08:00:00.000001Z",
  "2026-11-01T08:00:00.000002Z",
  "2026-11-01T08:00:00Z",
];

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let reader: Reader;
const request = reading({ visible: controlledBy(TRANSFEROR_ID) });

beforeAll(async () => {
  database = await emptyDatabase();
  const rows = Array.from({ length: 20 }, (_, index) =>
    customerRow(index + 1, {
      full_name: NAMES[index % NAMES.length],
      recorded_on: DAYS[index % DAYS.length],
      updated_at: TIMES[index % TIMES.length],
      controller_id: index % 10 === 9 ? TRANSFEREE_ID : TRANSFEROR_ID,
    }),
  );
  await insertRows(database.pool, "customer", rows);
  reader = createReader({ pool: database.pool, catalog: CATALOG });
});

afterAll(() => database.close());

describe.each([
  { order: [] },
  { order: ["fullName"] },
  { order: ["-fullName"] },
  { order: ["recordedOn"] },
  { order: ["-recordedOn"] },
  { order: ["updatedAt"] },
  { order: ["-updatedAt"] },
  { order: ["-recordedOn", "fullName", "-updatedAt"] },
])("ordered by $order", ({ order: written }) => {
  const order = by(...written);

  test.each([1, 3, 7, 18, 50])(
    "pages of %i forward give every row once, in order",
    async (limit) => {
      expect(await walk({ order, limit, backwards: false })).toEqual(await wholeList(order));
    },
  );

  test.each([1, 3, 7, 18, 50])("pages of %i backward give the same", async (limit) => {
    expect(await walk({ order, limit, backwards: true })).toEqual(await wholeList(order));
  });
});

test("rows without a value come last in both directions", async () => {
  for (const order of [by("fullName"), by("-fullName")]) {
    const names = (
      await reader.page(reading({ parts: ["fullName"] }), page({ order, limit: 50 }))
    ).map((row) => row["fullName"]);
    const firstNull = names.indexOf(null);
    expect(firstNull).toBeGreaterThan(0);
    expect(names.slice(firstNull).every((name) => name === null)).toBe(true);
  }
});

test("a page carries cursors with the exact sort values, selected or not", async () => {
  const [row] = await reader.page(request, page({ order: by("updatedAt"), limit: 1 }));
  expect(Object.keys(row ?? {}).sort()).toEqual(["$cursor", "__typename", "id"]);
  expect(row?.$cursor).toEqual(["2026-11-01 08:00:00+00", row?.id]);
});

test("a sealed field is no order", async () => {
  await expect(reader.page(request, page({ order: by("idNumber") }))).rejects.toThrow("is sealed");
});

/** The ids of the whole list, read at once. */
async function wholeList(order: readonly SortKey[]): Promise<string[]> {
  const rows = await reader.page(request, page({ order, limit: 100 }));
  expect(rows).toHaveLength(18);
  return rows.map(({ id }) => id);
}

/** The ids of the same list, read page by page. */
async function walk(how: {
  order: SortKey[];
  limit: number;
  backwards: boolean;
}): Promise<string[]> {
  const ids: string[] = [];
  let start = from(undefined);
  for (;;) {
    const rows = await reader.page(request, page({ ...how, ...start }));
    const found = rows.map(({ id }) => id);
    if (how.backwards) ids.unshift(...found);
    else ids.push(...found);
    if (rows.length < how.limit) return ids;
    start = from((how.backwards ? rows[0] : rows.at(-1))?.$cursor);
  }
}
