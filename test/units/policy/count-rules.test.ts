import { loadPolicy } from "../../../src/policy/load.ts";
import { CATALOG } from "../../support/policy-world.ts";
import { faultsOf, inRows, inStop, smallPolicy } from "../../support/small-policy.ts";

const counts = (smallest: string): string => `counts:
  about: Counts.
  source: a statute
  smallest-group: ${smallest}
`;

test("a policy says from which size on groups are told of, or nothing, and then none is", () => {
  const policy = loadPolicy(smallPolicy({ "counts.yaml": counts("20") }), CATALOG);
  expect(policy.counts).toEqual({ smallestGroup: 20, source: "a statute" });
  expect(loadPolicy(smallPolicy(), CATALOG).counts).toBeUndefined();
});

test.each(["1", "0", "-20", "19.5", "many", "[20]", ".inf"])("%s is no size of a group", (size) => {
  expect(faultsOf(smallPolicy({ "counts.yaml": counts(size) }))).toEqual([
    'counts.yaml:4: "smallest-group" is a whole number from 2 on.',
  ]);
});

test("two documents about counts are a fault", () => {
  const files = smallPolicy({ "counts.yaml": counts("20"), "more.yaml": counts("30") });
  expect(faultsOf(files)).toEqual(['more.yaml:2: "counts" is said twice.']);
});

test.each([
  [inRows("roles: [AGENT]", "roles: [AGENT]\n    may: cuont"), /^rows\.yaml:5: "may" is "cuont"/],
  [
    inStop("at-most: NONE", "at-most: NONE\n    lets: [see]"),
    /^stops\/state\.yaml:9: "lets" holds "see"/,
  ],
  [inStop("at-most: NONE", "hides: NOT_FOUND\n    lets: [group]"), /Hidden rows are in no group/],
])("an unknown word about counts is a fault", (change, fault) => {
  expect(faultsOf(smallPolicy(change))).toEqual([expect.stringMatching(fault)]);
});
