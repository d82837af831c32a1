import type { OrderColumn } from "../../../src/database/keyset.ts";
import type { CursorValues } from "../../../src/database/read-request.ts";
import { SqlParameters } from "../../../src/database/sql-parameters.ts";
import { stretchesOf } from "../../../src/database/stretches.ts";

const ID = "0197c000-0000-7000-8000-000000000001";
const id: OrderColumn = { sql: "t.id", kind: "uuid", descending: false, isNullable: false };
const name: OrderColumn = { sql: "t.name", kind: "text", descending: false, isNullable: true };

function cut(columns: OrderColumn[], from: CursorValues | null, backwards = false) {
  return stretchesOf({ columns, from, backwards, parameters: new SqlParameters() });
}

test("an order by id alone is one stretch", () => {
  expect(cut([id], [ID])).toEqual([{ where: ["t.id > $1::uuid"], orderBy: "t.id asc" }]);
});

test("rows with a value of the first key are read before those without", () => {
  expect(cut([name, id], null)).toEqual([
    { where: ["t.name is not null"], orderBy: "t.name asc, t.id asc" },
    { where: ["t.name is null"], orderBy: "t.id asc" },
  ]);
});

test("backwards it is the mirror image", () => {
  expect(cut([name, id], null, true)).toEqual([
    { where: ["t.name is null"], orderBy: "t.id desc" },
    { where: ["t.name is not null"], orderBy: "t.name desc, t.id desc" },
  ]);
});

test("from a value on, its stretch is a range of an index and the other one whole", () => {
  const [values, nulls] = cut([name, id], ["Li", ID]);
  expect(values?.where.slice(0, 2)).toEqual(["t.name is not null", "t.name >= $1::text"]);
  expect(nulls).toEqual({ where: ["t.name is null"], orderBy: "t.id asc" });
});

test("a stretch that was passed is not read again", () => {
  expect(cut([name, id], [null, ID])).toEqual([
    { where: ["t.name is null", "t.id > $1::uuid"], orderBy: "t.id asc" },
  ]);
  expect(cut([name, id], ["Li", ID], true)).toHaveLength(1);
});
