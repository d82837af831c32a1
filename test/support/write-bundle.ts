import { createHash } from "node:crypto";
import { invariant } from "../../src/lib/invariant.ts";
import { parseCheckpoint } from "../../src/audit/notes/checkpoint.ts";
import { type NoteSigner, signNote } from "../../src/audit/notes/sign-note.ts";
import { proveSubset } from "../../src/audit/tree/proofs.ts";
import type { TileSource } from "../../src/audit/tree/tile.ts";
import {
  BUNDLE_FORMAT,
  type BundleKeys,
  CHECKPOINT_FILE,
  inclusionFile,
  KEYS_FILE,
  keysShape,
  type Manifest,
  MANIFEST_FILE,
  MANIFEST_SIGNATURE_FILE,
  type ManifestFile,
  type ManifestPart,
  manifestShape,
  manifestText,
  mayFollow,
  partName,
  recordsFile,
} from "../../src/audit/evidence/bundle-format.ts";
import { formatInclusionPart } from "../../src/audit/evidence/inclusion-part.ts";
import { packTar, type PackedFile } from "./pack-tar.ts";
import {
  partsOf,
  type RecordPart,
  type TreeRecord,
} from "../../src/audit/evidence/record-parts.ts";

/** What goes into a bundle. */
export interface BundleContents {
  /** For the person who opens it. */
  readonly readme: string;
  /** The signed checkpoint that everything is proved to. */
  readonly checkpoint: string;
  readonly keys: BundleKeys;
  /** What the evidence is about; canonical, for the bytes are to be the same every time. */
  readonly scope: Manifest["scope"];
  /**
   * Consistency proofs, callers, other documents and policies, in the order of `bundle-format.ts`:
   * `consistency/<old size, 16 digits>.txt`, `callers.ndjson`, `documents/…`, `policies/<version>/…`.
   */
  readonly documents: AsyncIterable<PackedFile>;
  /** Records in the order of the tree. */
  readonly records: AsyncIterable<TreeRecord>;
  readonly tiles: TileSource;
  /** A key of the log. */
  readonly signer: NoteSigner;
  /** Told after each part: how many records are written. */
  readonly onProgress?: (records: number) => void;
}

/**
 * Writes an evidence bundle as one tar file. The same contents give the same bytes, so a broken
 * download goes on by making it again and leaving out what has arrived. Leaf hashes come from the
 * tree, not from the records: a record that was altered where it is stored is found out by whoever
 * verifies.
 *
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when tiles are missing
 */
export function writeBundle(contents: BundleContents): AsyncGenerator<Buffer> {
  return packTar(bundleFiles(contents));
}

async function* bundleFiles(contents: BundleContents): AsyncGenerator<PackedFile> {
  const { origin, size, root } = parseCheckpoint(contents.checkpoint);
  const files: ManifestFile[] = [];
  const parts: ManifestPart[] = [];
  const indexes = createHash("sha256");
  const listed = (path: string, content: Uint8Array | string): PackedFile => {
    invariant(mayFollow(files.at(-1)?.path ?? null, path), `${path} stands out of order`);
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    files.push({ path, bytes: bytes.length, sha256 });
    return { path, content: bytes };
  };
  yield listed("README.txt", contents.readme);
  yield listed(CHECKPOINT_FILE, contents.checkpoint);
  yield listed(KEYS_FILE, jsonText(keysShape.parse(contents.keys)));
  for await (const { path, content } of contents.documents) yield listed(path, content);
  let count = 0;
  for await (const part of partsOf(contents.records)) {
    const name = partName(parts.length + 1);
    yield listed(inclusionFile(name), await inclusionOf({ ...contents, size, part }));
    yield listed(recordsFile(name), part.texts.map((text) => `${text}\n`).join(""));
    for (const index of part.indexes) indexes.update(`${index}\n`);
    const [first = 0] = part.indexes;
    parts.push({ part: name, count: part.indexes.length, first, last: part.indexes.at(-1) ?? 0 });
    count += part.indexes.length;
    contents.onProgress?.(count);
  }
  const manifest: Manifest = {
    format: BUNDLE_FORMAT,
    checkpoint: { origin, size, root: root.toString("base64") },
    scope: contents.scope,
    records: { count, indexes: indexes.digest("hex"), parts },
    files: [...files],
  };
  const text = jsonText(manifestShape.parse(manifest));
  yield listed(MANIFEST_FILE, text);
  const signed = manifestText(files.at(-1)?.sha256 ?? "");
  const note = signNote({ text: signed, signers: [contents.signer] });
  yield { path: MANIFEST_SIGNATURE_FILE, content: Buffer.from(note) };
}

async function inclusionOf(request: {
  tiles: TileSource;
  size: number;
  part: RecordPart;
}): Promise<string> {
  const { tiles: source, size, part } = request;
  const { indexes } = part;
  return formatInclusionPart({
    size,
    indexes,
    ...(await proveSubset({ source, size, indexes })),
  });
}

function jsonText(content: unknown): string {
  return `${JSON.stringify(content)}\n`;
}
