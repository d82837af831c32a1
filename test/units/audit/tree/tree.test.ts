import fc from "fast-check";
import {
  appendLeaves,
  EMPTY_TREE,
  rootOf,
  type TreeHead,
} from "../../../../src/audit/tree/append.ts";
import { leafHash } from "../../../../src/audit/tree/hashing.ts";
import {
  proveConsistency,
  proveInclusion,
  proveSubset,
} from "../../../../src/audit/tree/proofs.ts";
import { edgeTiles, tilePath, TreeDamagedError } from "../../../../src/audit/tree/tile.ts";
import {
  rootOfSubset,
  verifyConsistency,
  verifyInclusion,
} from "../../../../src/audit/tree/verify.ts";
import {
  MemoryTiles,
  plainConsistency,
  plainInclusion,
  plainRoot,
  someLeaves,
} from "../../../support/plain-tree.ts";

const MOST = 2_000;
const leaves = someLeaves(MOST);
const source = new MemoryTiles();
let whole: TreeHead;
beforeAll(async () => {
  const appended = await appendLeaves({ source, tree: EMPTY_TREE, leaves });
  source.keep(appended.tiles);
  whole = appended;
});

const size = fc.integer({ min: 1, max: MOST });
const leafOfTree = size.chain((leavesOfTree) =>
  fc.record({ size: fc.constant(leavesOfTree), index: fc.nat(leavesOfTree - 1) }),
);
const twoSizes = fc.tuple(size, size).map(([one, other]) => ({
  from: Math.min(one, other),
  to: Math.max(one, other),
}));
/** What can be done to a proof that has to be refused. */
const damage = fc.record({
  how: fc.constantFrom("flip", "drop", "double", "swap", "add", "shorten" as const),
  at: fc.nat(),
  bit: fc.nat(255),
});

test("leaves and nodes are hashed apart, as RFC 9162 has it", () => {
  // Known answers: the empty leaf and the empty tree of RFC 6962's own test vectors.
  expect(leafHash("").toString("hex")).toBe(
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  );
  expect(EMPTY_TREE.root.toString("hex")).toBe(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
});

describe("appending", () => {
  test("in batches of any size gives the root of the definition, and every tile once grown stays", async () => {
    const batches = fc.array(fc.integer({ min: 0, max: 330 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async (sizes) => {
        const tiles = new MemoryTiles();
        let tree: TreeHead = EMPTY_TREE;
        for (const count of sizes) {
          const added = leaves.slice(tree.size, tree.size + count);
          const appended = await appendLeaves({ source: tiles, tree, leaves: added });
          tiles.keep(appended.tiles);
          tree = appended;
        }
        expect(tree.root).toEqual(headOf(tree.size).root);
      }),
      { numRuns: 40 },
    );
  });

  test("reads the unfinished tiles at the right edge only, in one question", async () => {
    const tiles = new MemoryTiles();
    const first = await appendLeaves({ source: tiles, tree: EMPTY_TREE, leaves });
    expect(tiles.questions).toEqual([]);
    tiles.keep(first.tiles);
    const next = await appendLeaves({ source: tiles, tree: first, leaves: [leafHash("next")] });
    expect(tiles.questions).toEqual([
      [
        { level: 0, index: 7, width: 208 },
        { level: 1, index: 0, width: 7 },
      ],
    ]);
    expect(next.tiles.map(({ level, index, width }) => ({ level, index, width }))).toEqual([
      { level: 0, index: 7, width: 209 },
    ]);
  });

  test("refuses tiles that do not give the signed root", async () => {
    const tree = { size: MOST, root: leafHash("another tree") };
    const appended = appendLeaves({ source, tree, leaves: [leafHash("next")] });
    await expect(appended).rejects.toThrow(TreeDamagedError);
    await expect(
      appendLeaves({ source: { read: async () => [] }, tree: whole, leaves: [] }),
    ).rejects.toThrow(TreeDamagedError);
  });

  test("70,000 leaves make the tiles of the example in C2SP tlog-tiles", async () => {
    const many = Array.from({ length: 70_000 }, (_, at) => leafHash(String(at)));
    const { tiles } = await appendLeaves({ source, tree: EMPTY_TREE, leaves: many });
    const ofLevel = (level: number): number[] =>
      tiles.filter((tile) => tile.level === level).map(({ width }) => width);
    expect(ofLevel(0)).toEqual([...Array<number>(273).fill(256), 112]);
    expect(ofLevel(1)).toEqual([256, 17]);
    expect(ofLevel(2)).toEqual([1]);
    expect(tiles).toHaveLength(277);
    expect(edgeTiles(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
  });

  test("a tile is named as C2SP tlog-tiles names it", () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe("tile/0/x001/x234/067");
    expect(tilePath({ level: 2, index: 0, width: 5 })).toBe("tile/2/000.p/5");
  });
});

describe("from the tiles of a tree that has grown", () => {
  test("the root of every size up to some hundreds is that of the definition", async () => {
    for (let count = 0; count <= 300; count += 1)
      expect(await rootOf({ source, size: count })).toEqual(headOf(count).root);
  });

  test("any leaf of any size is proved as the definition proves it, and the proof holds", async () => {
    await fc.assert(
      fc.asyncProperty(leafOfTree, async ({ size: count, index }) => {
        const [proof = []] = await proveInclusion({ source, size: count, indexes: [index] });
        const held = leaves.slice(0, count);
        expect(proof).toEqual(plainInclusion(index, held));
        const { root } = headOf(count);
        const leaf = leaves[index] as Buffer;
        expect(verifyInclusion({ index, size: count, leaf, proof, root })).toBe(true);
      }),
    );
  });

  test("many leaves are proved in one question", async () => {
    source.questions.length = 0;
    const indexes = [0, 255, 256, 1_500, 1_999];
    const proofs = await proveInclusion({ source, size: MOST, indexes });
    expect(source.questions).toHaveLength(1);
    expect(proofs).toEqual(indexes.map((index) => plainInclusion(index, leaves)));
  });

  test("any two sizes are proved consistent as the definition proves it, and the proof holds", async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, async ({ from, to }) => {
        const proof = await proveConsistency({ source, from, to });
        expect(proof).toEqual(plainConsistency(from, leaves.slice(0, to)));
        const heads = { from: headOf(from), to: headOf(to) };
        expect(verifyConsistency({ ...heads, proof })).toBe(true);
      }),
    );
  });

  test("any set of leaves gives the root together with the hashes beside them", async () => {
    const subset = size.chain((count) =>
      fc.record({
        size: fc.constant(count),
        indexes: fc
          .uniqueArray(fc.nat(count - 1), { maxLength: 200 })
          .map((indexes) => indexes.toSorted((one, other) => one - other)),
      }),
    );
    await fc.assert(
      fc.asyncProperty(subset, async (asked) => {
        const { leaves: proved, hashes } = await proveSubset({ source, ...asked });
        expect(proved).toEqual(asked.indexes.map((index) => leaves[index]));
        const { root } = headOf(asked.size);
        expect(rootOfSubset({ ...asked, leaves: proved, hashes })).toEqual(root);
        expect(rootOfSubset({ ...asked, leaves: proved, hashes: hashes.slice(1) })).toEqual(
          hashes.length === 0 ? root : null,
        );
        expect(rootOfSubset({ ...asked, leaves: proved, hashes: [...hashes, root] })).toBeNull();
      }),
    );
  });
});

describe("a proof that was changed is refused", () => {
  test("of inclusion", async () => {
    await fc.assert(
      fc.asyncProperty(leafOfTree, damage, async ({ size: count, index }, harm) => {
        const [proof = []] = await proveInclusion({ source, size: count, indexes: [index] });
        const changed = damaged(proof, harm);
        const leaf = leaves[index] as Buffer;
        const given = { index, size: count, leaf, root: headOf(count).root };
        expect(verifyInclusion({ ...given, proof: changed })).toBe(false);
      }),
    );
  });

  test("of consistency", async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, damage, async ({ from, to }, harm) => {
        const proof = await proveConsistency({ source, from, to });
        const heads = { from: headOf(from), to: headOf(to) };
        expect(verifyConsistency({ ...heads, proof: damaged(proof, harm) })).toBe(false);
      }),
    );
  });

  test("of inclusion at another place, in another size, for another leaf or root", async () => {
    await fc.assert(
      fc.asyncProperty(leafOfTree, fc.nat(MOST - 1), async ({ size: count, index }, other) => {
        fc.pre(other !== index);
        const [proof = []] = await proveInclusion({ source, size: count, indexes: [index] });
        const leaf = leaves[index] as Buffer;
        const given = { index, size: count, leaf, proof, root: headOf(count).root };
        expect(verifyInclusion({ ...given, index: other })).toBe(false);
        expect(verifyInclusion({ ...given, leaf: leaves[other] as Buffer })).toBe(false);
        expect(verifyInclusion({ ...given, root: leafHash("other") })).toBe(false);
      }),
    );
  });

  test.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1, Number.POSITIVE_INFINITY])(
    "with a size or index of %d",
    (number) => {
      const [root] = leaves as [Buffer];
      const one = { leaf: root, root, proof: [] };
      expect(verifyInclusion({ ...one, index: 0, size: 1 })).toBe(true);
      expect(verifyInclusion({ ...one, index: number, size: 1 })).toBe(false);
      expect(verifyInclusion({ ...one, index: 0, size: number })).toBe(false);
      const head = { size: number, root };
      expect(verifyConsistency({ from: head, to: head, proof: [] })).toBe(false);
    },
  );

  test("also in a tree as large as can be counted, without losing a digit", () => {
    const largest = Number.MAX_SAFE_INTEGER;
    const leaf = leafHash("last");
    const proof = Array.from({ length: 52 }, (_, at) => leafHash(String(at)));
    // The last leaf of 2^53 - 1 lies alone on its side at every level: its root is known.
    const root = proof.reduce((right, left) => plainRoot([left, right]), leaf);
    const given = { index: largest - 1, size: largest, leaf, root };
    expect(verifyInclusion({ ...given, proof })).toBe(true);
    expect(verifyInclusion({ ...given, index: largest - 2, proof })).toBe(false);
    expect(verifyInclusion({ ...given, proof: proof.slice(1) })).toBe(false);
  });
});

const roots = new Map<number, Buffer>();
function headOf(count: number): TreeHead {
  const root = roots.get(count) ?? plainRoot(leaves.slice(0, count));
  roots.set(count, root);
  return { size: count, root };
}

function damaged(
  proof: readonly Buffer[],
  { how, at, bit }: { how: string; at: number; bit: number },
): Buffer[] {
  const changed: Buffer[] = proof.map((hash) => Buffer.from(hash));
  const place = proof.length === 0 ? 0 : at % proof.length;
  const hash = changed[place];
  const next = changed[(place + 1) % proof.length];
  if (how === "add" || hash === undefined || (how === "swap" && next === hash))
    return [...changed, leafHash("one more")];
  if (how === "flip") hash[bit >> 3] = (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  else if (how === "drop") changed.splice(place, 1);
  else if (how === "double") changed.splice(place, 0, hash);
  else if (how === "shorten") changed[place] = hash.subarray(1);
  else [changed[place], changed[(place + 1) % proof.length]] = [next as Buffer, hash];
  return changed;
}
