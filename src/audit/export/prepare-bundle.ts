import { createHash } from "node:crypto";
import {
  BUNDLE_FORMAT,
  type Manifest,
  MANIFEST_FILE,
  MANIFEST_SIGNATURE_FILE,
  type ManifestFile,
  type ManifestPart,
  manifestShape,
  manifestText,
} from "../evidence/bundle-format.ts";
import type { LogProofs } from "../log-proofs.ts";
import { parseCheckpoint } from "../notes/checkpoint.ts";
import { sha256 } from "../tree/hashing.ts";
import { layOut } from "./bundle-layout.ts";
import type { ExportStore, FrozenExport, StandingExport } from "./export-store.ts";
import { gatherRecords } from "./gather-records.ts";
import { readRuns } from "./index-runs.ts";
import { makePart, type PartSources } from "./make-part.ts";
import { callerFile, policyFiles, proofFiles } from "./other-files.ts";
import type { KeptPart, Part, PartOutline } from "./part.ts";
import { filesOf, inOrder } from "./part-order.ts";
import { textPart } from "./whole-part.ts";

/** Leaves of which one statement counts what is kept. */
const COUNTED_LEAVES = 1_000_000;

/** Another worker took the export over, because nothing was heard of this one. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
}

/** What preparing needs. */
export interface Preparation {
  readonly standing: StandingExport;
  readonly worker: string;
  readonly store: ExportStore;
  readonly proofs: LogProofs;
  readonly sources: PartSources;
  /** Signs a text as a note, by the present key of the log. */
  readonly signNote: (text: string) => Promise<string>;
  readonly now: () => Date;
  /** Ends the work at the next part. */
  readonly signal?: AbortSignal;
}

/**
 * Finds out how long every part of a bundle is and what it hashes to, and signs that. From then on any
 * node gives any of its bytes.
 *
 * @throws INTERNAL_SERVER_ERROR as a `LeaseLostError`, or as a `TreeDamagedError`
 * @throws SERVICE_UNAVAILABLE
 */
export async function prepareBundle(preparation: Preparation): Promise<void> {
  const { standing, worker, store, sources, signNote, now } = preparation;
  const { id } = standing;
  const known = (await store.partsOf(id)).filter(({ file }) => isRecords(file));
  await gatherRecords({
    standing,
    sources,
    doneParts: known.length,
    save: async (done) => {
      preparation.signal?.throwIfAborted();
      if (!(await store.advance({ id, worker, ...done }))) throw new LeaseLostError();
    },
  });
  const gathered = await store.partsOf(id);
  const named = await namedIn({ id, store, parts: gathered });
  const others = await otherFiles(preparation, named);
  const manifest = await manifestOf({ standing, sources, named, gathered, others });
  const digest = sha256(Buffer.from(manifest)).toString("hex");
  const signed = [
    textPart(MANIFEST_FILE, manifest),
    textPart(MANIFEST_SIGNATURE_FILE, await signNote(manifestText(digest))),
  ];
  const parts = [...others, ...signed];
  const { bytes } = layOut<PartOutline>([...gathered, ...parts]);
  const finished = { id, worker, parts, bytes, digest, readyAt: now() };
  if (!(await store.finish(finished))) throw new LeaseLostError();
}

async function otherFiles(
  { standing, store, proofs, sources: { source } }: Preparation,
  { callers, policies }: Named,
): Promise<Part[]> {
  const earlierSizes = await store.earlierSizes(standing);
  return [
    ...(await proofFiles({ frozen: standing, proofs, earlierSizes })),
    ...(await callerFile(source, callers)),
    ...(await policyFiles(source, policies)),
  ];
}

/** What the records of a bundle name, and where they are. */
interface Named {
  readonly callers: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
  readonly parts: readonly ManifestPart[];
  /** SHA-256 over the tree indexes of all records, each followed by a line feed; hexadecimal. */
  readonly indexes: string;
}

/** Reads one part after another, for all of them may be more than there is room for. */
async function namedIn(of: {
  id: string;
  store: ExportStore;
  parts: readonly KeptPart[];
}): Promise<Named> {
  const callers = new Set<string>();
  const policies = new Set<string>();
  const indexes = createHash("sha256");
  const parts: ManifestPart[] = [];
  for (const { file, place } of of.parts) {
    const content = await of.store.contentOf(of.id, place);
    if (content?.kind !== "RECORDS") continue;
    for (const digest of content.callers) callers.add(digest);
    for (const version of content.policies) policies.add(version);
    const ofPart = readRuns(content.runs);
    for (const index of ofPart) indexes.update(`${index}\n`);
    const [first = 0] = ofPart;
    const part = /\d{8}/.exec(file)?.[0] ?? "";
    parts.push({ part, count: ofPart.length, first, last: ofPart.at(-1) ?? 0 });
  }
  return { callers, policies, parts, indexes: indexes.digest("hex") };
}

function isRecords(file: string): boolean {
  return file.endsWith(".records.ndjson");
}

async function manifestOf(of: {
  standing: FrozenExport;
  sources: PartSources;
  named: Named;
  gathered: readonly PartOutline[];
  others: readonly Part[];
}): Promise<string> {
  const { standing, sources, named, gathered, others } = of;
  const { origin, size, root } = parseCheckpoint(standing.checkpoint);
  const { parts, indexes } = named;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const ofOthers = await wholeFiles(sources, others);
  const manifest: Manifest = {
    format: BUNDLE_FORMAT,
    checkpoint: { origin, size, root: root.toString("base64") },
    scope: { ...scopeOf(standing), kept: await countKept(standing, sources), inScope: count },
    records: { count, indexes, parts: [...parts] },
    files: inOrder([...gathered, ...ofOthers]).map(listed),
  };
  return `${JSON.stringify(manifestShape.parse(manifest))}\n`;
}

function scopeOf(frozen: FrozenExport): Manifest["scope"] {
  const { id, requesterId, purpose, policyVersion, createdAt, askedFilter, told } = frozen;
  return {
    export: id,
    askedAt: createdAt.toISOString(),
    requester: requesterId,
    purpose,
    policyVersion,
    filter: askedFilter === null ? null : (JSON.parse(askedFilter) as Manifest["scope"][string]),
    ...(told as Manifest["scope"]),
  };
}

/** Records that the log still keeps; with fewer than the tree has, retention took some, or somebody. */
async function countKept({ treeSize }: FrozenExport, { source }: PartSources): Promise<number> {
  let kept = 0;
  for (let start = 0; start < treeSize; start += COUNTED_LEAVES)
    kept += await source.countKept({ start, end: Math.min(start + COUNTED_LEAVES, treeSize) });
  return kept;
}

async function wholeFiles(sources: PartSources, parts: readonly Part[]): Promise<PartOutline[]> {
  const files: PartOutline[] = [];
  for (const [file, ofFile] of filesOf(parts)) {
    const bytes = ofFile.reduce((sum, part) => sum + part.bytes, 0);
    files.push({ file, bytes, digest: await digestOf(sources, ofFile) });
  }
  return files;
}

function listed({ file, bytes, digest }: PartOutline): ManifestFile {
  return { path: file, bytes, sha256: digest.toString("hex") };
}

/** Digest of a whole file; only one of several parts has to be made again for it. */
async function digestOf(sources: PartSources, ofFile: readonly Part[]): Promise<Buffer> {
  const [only] = ofFile;
  if (only !== undefined && ofFile.length === 1) return only.digest;
  const digest = createHash("sha256");
  for (const { content } of ofFile)
    for await (const piece of makePart(sources, content)) digest.update(piece);
  return digest.digest();
}
