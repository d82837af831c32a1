import { createHash } from "node:crypto";
import { layOut } from "../../../../src/audit/export/bundle-layout.ts";
import { readRuns, writeRuns } from "../../../../src/audit/export/index-runs.ts";
import { GatheredRecords } from "../../../../src/audit/export/gathered-records.ts";
import { PartChangedError, readBundle } from "../../../../src/audit/export/read-bundle.ts";
import { tarHeader } from "../../../../src/audit/export/tar-blocks.ts";
import { packTar } from "../../../support/pack-tar.ts";

const FILES = [
  ["README.txt", "Read me.\n"],
  ["checkpoint", ""],
  ["callers.ndjson", "x".repeat(1_024)],
  [`policies/${"0".repeat(64)}/a/rather/long/name/of/a/document/about/roles.yaml`, "role: X\n"],
] as const;

const parts = FILES.map(([file, text]) => ({
  file,
  text,
  bytes: text.length,
  digest: createHash("sha256").update(text).digest(),
}));

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function* packed(): AsyncGenerator<{ path: string; content: Buffer }> {
  for (const [path, text] of FILES) yield { path, content: Buffer.from(text) };
}

test("a layout is the tar file that the packer writes, from any byte to any other", async () => {
  const whole = await bytesOf(packTar(packed()));
  const layout = layOut(parts);
  expect(layout.bytes).toBe(whole.length);
  const make = async function* ({ text }: { text: string }): AsyncGenerator<Buffer> {
    for (const letter of text.match(/.{1,7}/gs) ?? []) yield Buffer.from(letter);
  };
  for (let start = 0; start <= whole.length; start += 211) {
    const end = Math.min(start + 1_500, whole.length);
    const read = await bytesOf(readBundle({ layout, range: { start, end }, make }));
    expect(read.equals(whole.subarray(start, end))).toBe(true);
  }
});

test("parts are put into the order of bundles, whatever the order in which they were made", () => {
  expect(layOut([...parts].reverse()).stretches.map(({ start }) => start)).toEqual(
    layOut(parts).stretches.map(({ start }) => start),
  );
});

test.each([["longer"], ["shorte"], ["other"]])(
  "a part that became %s is not finished",
  async (text) => {
    const [part] = [
      { file: "README.txt", bytes: 6, digest: createHash("sha256").update("as was").digest() },
    ];
    const layout = layOut([part as never]);
    const make = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from(text === "longer" ? "as was!" : text);
    };
    const range = { start: 0, end: layout.bytes };
    await expect(bytesOf(readBundle({ layout, range, make }))).rejects.toThrow(PartChangedError);
  },
);

test("a name that no header has room for is a mistake of ours", () => {
  expect(() => tarHeader({ name: "x".repeat(101), bytes: 0 })).toThrow("names that fit");
  expect(() => tarHeader({ name: "with space", bytes: 0 })).toThrow("plain names");
});

test.each([[[]], [[0]], [[0, 1, 2, 3]], [[5, 6, 9, 1_000_000, 1_000_001]]])(
  "indexes %j come back from their runs",
  (indexes) => {
    expect(readRuns(writeRuns(indexes))).toEqual(indexes);
  },
);

test("a part ends at 4,096 records, at eight mebibytes, and where its proof would want too many tiles", () => {
  const counts = [
    { step: 1, length: 10 },
    { step: 1, length: 1_000_000 },
    { step: 256, length: 10 },
  ].map(({ step, length }) => {
    const gathered = new GatheredRecords();
    for (let index = 0; ; index += step) {
      const record = { treeIndex: index, sealedAt: new Date(0), body: "x".repeat(length) };
      if (!gathered.takes(record)) return gathered.count;
      gathered.add(record);
    }
  });
  expect(counts).toEqual([4_096, 8, 512]);
});
