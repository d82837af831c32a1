import { createHash } from "node:crypto";
import type { BundleContents } from "./write-bundle.ts";
import { writeBundle } from "./write-bundle.ts";
import { type PackedFile, packTar } from "./pack-tar.ts";
import { type BundleVerdict, verifyBundle } from "../../src/audit/evidence/verify-bundle.ts";
import type { Trust } from "../../src/audit/evidence/judge-trust.ts";
import { readTar } from "../../src/audit/evidence/read-tar.ts";
import { parseCheckpoint } from "../../src/audit/notes/checkpoint.ts";
import { formatConsistencyProof } from "../../src/audit/notes/consistency-proof.ts";
import {
  cosignCheckpoint,
  type NoteSigner,
  signCheckpoint,
} from "../../src/audit/notes/sign-note.ts";
import { appendLeaves, EMPTY_TREE, rootOf } from "../../src/audit/tree/append.ts";
import { leafHash } from "../../src/audit/tree/hashing.ts";
import { proveConsistency } from "../../src/audit/tree/proofs.ts";
import { freshSigner, freshWitness, ORIGIN } from "./log-world.ts";
import { MemoryTiles } from "./plain-tree.ts";

const AT = new Date("2026-05-04T08:00:00Z");
const POLICY = [
  { name: "purposes.yaml", text: "purposes: {}\n" },
  { name: "roles/auditor.yaml", text: 'role: "AUDITOR" # 审计\n' },
];
export const POLICY_VERSION = createHash("sha256")
  .update(POLICY.map(({ name, text }) => JSON.stringify([name, text])).join(""))
  .digest("hex");

/** A log in memory with a key, a witness, and records that say nothing. */
export interface EvidenceWorld {
  readonly tiles: MemoryTiles;
  readonly log: NoteSigner;
  readonly witness: NoteSigner;
  readonly texts: readonly string[];
  /** The cosigned checkpoint of a size. */
  checkpoint(size: number, signer?: NoteSigner): Promise<string>;
  /** The proof file from one size to a larger one. */
  consistency(from: number, to: number): Promise<string>;
  /** What goes into a bundle of every third record of the log as it was at a size. */
  contents(size: number, signer?: NoteSigner): Promise<BundleContents>;
}

/** @param logged how the text of a record is made of its index */
export async function evidenceWorld(
  count: number,
  {
    logged = (index: number): string =>
      JSON.stringify({ v: 1, id: `record ${index}`, at: AT.toISOString(), note: "审计" }),
    log = freshSigner(),
    witness = freshWitness(),
    step = 3,
  } = {},
): Promise<EvidenceWorld> {
  const tiles = new MemoryTiles();
  const texts = Array.from({ length: count }, (_, index) => logged(index));
  const leaves = texts.map(leafHash);
  tiles.keep((await appendLeaves({ source: tiles, tree: EMPTY_TREE, leaves })).tiles);
  const checkpoint = async (size: number, signer = log): Promise<string> => {
    const root = await rootOf({ source: tiles, size });
    const head = { origin: ORIGIN, size, root, extensions: [] };
    const note = signCheckpoint({ checkpoint: head, signers: [signer] });
    return cosignCheckpoint({ note, witness, at: AT });
  };
  return {
    tiles,
    log,
    witness,
    texts,
    checkpoint,
    consistency: async (from, to) =>
      formatConsistencyProof({
        oldSize: from,
        hashes: await proveConsistency({ source: tiles, from, to }),
        checkpoint: await checkpoint(to),
      }),
    contents: async (size, signer = log) => ({
      readme: "Evidence for a test.\n",
      checkpoint: await checkpoint(size, signer),
      keys: { log: [signer.key.text], witnesses: [witness.key.text] },
      scope: { engagement: "audit of a test", period: ["2026-01-01", "2026-05-04"] },
      documents: documents(),
      records: everyNth(texts.slice(0, size), step),
      tiles,
      signer,
    }),
  };
}

/** A bundle as its bytes. */
export async function bundleBytes(contents: BundleContents): Promise<Buffer> {
  return joined(writeBundle(contents));
}

/** The files of a bundle, to be changed and packed again. */
export async function unpack(bundle: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const { path, content } of readTar(inPieces(bundle)))
    files.set(path, await joined(content));
  return files;
}

/** Packs files as they are. */
export async function repack(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  return joined(packTar(packed(files)));
}

/** Verifies bytes with what an auditor brings along. */
export async function verified(bundle: Buffer, trust: Partial<Trust> = {}): Promise<BundleVerdict> {
  return verifyBundle({
    files: readTar(inPieces(bundle)),
    trust: { keys: [], witnesses: [], proofs: [], remembered: null, ...trust },
  });
}

/** What an auditor remembers who trusts the log. */
export function remembering(world: EvidenceWorld, checkpoint: string): Trust["remembered"] {
  return { keys: [world.log.key], signed: parseCheckpoint(checkpoint) };
}

async function* documents(): AsyncGenerator<PackedFile> {
  yield { path: "callers.ndjson", content: Buffer.from('{"state":"0123","caller":{}}\n') };
  for (const { name, text } of POLICY)
    yield { path: `policies/${POLICY_VERSION}/${name}`, content: Buffer.from(text) };
}

async function* everyNth(
  texts: readonly string[],
  step: number,
): AsyncGenerator<{ index: number; text: string }> {
  for (let index = 1; index < texts.length; index += step)
    yield { index, text: texts[index] as string };
}

async function* packed(files: ReadonlyMap<string, Buffer>): AsyncGenerator<PackedFile> {
  for (const [path, content] of files) yield { path, content };
}

/** Pieces of odd length, as a file or a network gives them. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_521) yield bytes.subarray(at, at + 65_521);
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
