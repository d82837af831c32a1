import fc from "fast-check";
import type { ResponsePath } from "../../../src/execution/response-path.ts";
import { pathsTogether } from "../../../src/guard/paths-together.ts";
import { indexesOf } from "../../support/expanded-paths.ts";
import { propertyRuns } from "../../support/runs.ts";

function path(...keys: readonly (string | number)[]): ResponsePath | undefined {
  return keys.reduce<ResponsePath | undefined>(
    (prev, key) => ({ prev, key, typename: undefined }),
    undefined,
  );
}

/** Rows of one list, as the executor makes them: they share the path of the list. */
function rowsOf(list: ResponsePath | undefined, indexes: readonly number[]): ResponsePath[] {
  return indexes.map((key) => ({ prev: list, key, typename: undefined }));
}

test("rows of a list are told together, neighbours as first and last", () => {
  const list = path("customers", "nodes");
  expect(pathsTogether(rowsOf(list, [7, 0, 1, 3, 2, 9]))).toEqual(["customers.nodes.0-3,7,9"]);
});

test("what stands alone keeps its own path, and so do rows of different lists", () => {
  const [one, other] = [path("a", "nodes"), path("b", "nodes")];
  const paths = [path("customer"), ...rowsOf(one, [0]), ...rowsOf(other, [0, 2])];
  expect(pathsTogether(paths)).toEqual(["customer", "a.nodes.0", "b.nodes.0,2"]);
});

test("objects below the items of a list are told together when they lie below alike", () => {
  const list = path("items", "nodes");
  const below = (index: number, ...keys: readonly string[]): ResponsePath =>
    keys.reduce<ResponsePath>((prev, key) => ({ prev, key, typename: undefined }), {
      prev: list,
      key: index,
      typename: undefined,
    });
  expect(pathsTogether([below(0, "customer"), below(1, "customer"), below(1, "other")])).toEqual([
    "items.nodes.0-1.customer",
    "items.nodes.1.other",
  ]);
});

test("the answer itself has no path", () => {
  expect(pathsTogether([undefined])).toEqual([""]);
});

test("a set names exactly the rows that are in it", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1 }), (indexes) => {
      const [text = ""] = pathsTogether(rowsOf(path("list"), indexes));
      expect(indexesOf(text.slice("list.".length))).toEqual([...indexes].sort((a, b) => a - b));
    }),
    { numRuns: propertyRuns(200) },
  );
});
