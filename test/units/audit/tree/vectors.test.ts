import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyConsistency, verifyInclusion } from "../../../../src/audit/tree/verify.ts";

interface Vector {
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly leafIdx?: number;
  readonly treeSize?: number;
  readonly leafHash?: string;
  readonly root?: string;
  readonly size1?: number;
  readonly size2?: number;
  readonly root1?: string;
  readonly root2?: string;
}

const path = join(import.meta.dirname, "../fixtures/merkle-vectors.json");
const vectors = Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, Vector>);

test("there are 98 vectors", () => {
  expect(vectors).toHaveLength(98);
});

test.each(vectors)("%s is judged as transparency-dev does", (_, vector) => {
  const proof = (vector.proof ?? []).map(bytes);
  const isAccepted =
    vector.treeSize === undefined
      ? verifyConsistency({
          from: { size: vector.size1 ?? -1, root: bytes(vector.root1) },
          to: { size: vector.size2 ?? -1, root: bytes(vector.root2) },
          proof,
        })
      : verifyInclusion({
          index: vector.leafIdx ?? -1,
          size: vector.treeSize,
          leaf: bytes(vector.leafHash),
          root: bytes(vector.root),
          proof,
        });
  expect(isAccepted).toBe(!vector.wantErr);
});

function bytes(base64 = ""): Buffer {
  return Buffer.from(base64, "base64");
}
