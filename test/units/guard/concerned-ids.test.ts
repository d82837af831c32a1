import { ConcernedIds } from "../../../src/guard/concerned-ids.ts";

const NAMES = ["controllerId", "formerControllerIds"];

test("equal ids are one set, whatever lists they were read from and in whatever order", () => {
  const ids = new ConcernedIds();
  const first = ids.idsIn({ controllerId: "b", formerControllerIds: ["c", "a"] }, NAMES);
  const second = ids.idsIn({ controllerId: "a", formerControllerIds: ["b", "c", "a"] }, NAMES);
  expect(first).toEqual(["a", "b", "c"]);
  expect(second).toBe(first);
  expect(ids.idsIn({ transferIds: ["c", "b", "a"] }, ["transferIds"])).toBe(first);
});

test("other ids are another set, also where one attribute has what another had", () => {
  const ids = new ConcernedIds();
  const former = ["a", "b"];
  const one = ids.idsIn({ controllerId: "a", formerControllerIds: former }, NAMES);
  const other = ids.idsIn({ controllerId: "c", formerControllerIds: former }, NAMES);
  expect(one).toEqual(["a", "b"]);
  expect(other).toEqual(["a", "b", "c"]);
  expect(ids.idsIn({ id: "a" }, ["id"])).toEqual(["a"]);
});

test("what was not loaded and what is null name nobody", () => {
  const ids = new ConcernedIds();
  expect(ids.idsIn({ controllerId: null }, NAMES)).toEqual([]);
  expect(ids.idsIn({ formerControllerIds: [null, "a"] }, NAMES)).toEqual(["a"]);
  expect(ids.idsIn({}, ["transferIds"])).toEqual([]);
});
