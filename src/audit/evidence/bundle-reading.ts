import { createHash, type Hash } from "node:crypto";
import { parseCheckpoint, type SignedCheckpoint } from "../notes/checkpoint.ts";
import { type ConsistencyProof, parseConsistencyProof } from "../notes/consistency-proof.ts";
import { NoteFormatError } from "../notes/note-format-error.ts";
import { parseNote, type SignedNote } from "../notes/signed-note.ts";
import {
  type BundleKeys,
  CHECKPOINT_FILE,
  KEYS_FILE,
  keysShape,
  type Manifest,
  MANIFEST_FILE,
  MANIFEST_SIGNATURE_FILE,
  manifestShape,
  MOST_FILE_BYTES,
} from "./bundle-format.ts";
import type { Fault, FaultCode } from "./fault.ts";
import { parseJson } from "./parse-json.ts";
import { PartsReading } from "./parts-reading.ts";
import { PolicyDigest, policyFileIn } from "./policy-digest.ts";
import type { ArchiveFile } from "./read-tar.ts";

/** What a file turned out to be. */
interface ReadFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** What is known of a bundle after its files have been read once, in their order. */
export class BundleReading {
  readonly faults: Fault[] = [];
  readonly files = new Map<string, ReadFile>();
  /** Files of which something more exact is known than that they differ from the manifest. */
  readonly blamed = new Set<string>();
  readonly consistency: ConsistencyProof[] = [];
  readonly parts: PartsReading = new PartsReading(this);
  checkpoint: SignedCheckpoint | null = null;
  keys: BundleKeys | null = null;
  manifest: Manifest | null = null;
  manifestSignature: SignedNote | null = null;
  #policy: { version: string; digest: PolicyDigest; paths: string[] } | null = null;

  /** Records that were read. */
  get records(): number {
    return this.parts.records;
  }

  fault(code: FaultCode, subject: string, text: string): void {
    this.faults.push({ code, subject, text });
  }

  /** Notes a fault of one file, which then need not be told again by its digest. */
  blame(path: string, fault: Fault): void {
    this.blamed.add(path);
    this.faults.push(fault);
  }

  /** Reads a file and remembers what the manifest has to say of it. */
  async read(file: ArchiveFile): Promise<void> {
    const { path } = file;
    if (policyFileIn(path)?.version !== this.#policy?.version) this.#endPolicy();
    const hash = createHash("sha256");
    try {
      await this.#take(file, hash);
    } catch (error) {
      if (!(error instanceof NoteFormatError)) throw error;
      this.blame(path, { code: "MALFORMED", subject: path, text: error.message });
    }
    this.files.set(path, { bytes: file.size, sha256: hash.digest("hex") });
  }

  /** To be called after the last file. */
  endParts(): void {
    this.#endPolicy();
    this.parts.end();
  }

  async #take(file: ArchiveFile, hash: Hash): Promise<void> {
    const { path } = file;
    if (isLargeKind(path)) {
      for await (const bytes of file.content) hash.update(bytes);
      return;
    }
    const pieces: Uint8Array[] = [];
    for await (const bytes of file.content) {
      hash.update(bytes);
      if (file.size <= MOST_FILE_BYTES) pieces.push(bytes);
    }
    if (file.size > MOST_FILE_BYTES) throw new NoteFormatError("too large");
    this.#understand(path, Buffer.concat(pieces));
  }

  #understand(path: string, content: Buffer): void {
    const policyFile = policyFileIn(path);
    if (path === CHECKPOINT_FILE) this.checkpoint = parseCheckpoint(content);
    else if (path === KEYS_FILE) this.keys = parseJson(keysShape, content);
    else if (path === MANIFEST_FILE) this.manifest = parseJson(manifestShape, content);
    else if (path === MANIFEST_SIGNATURE_FILE) this.manifestSignature = parseNote(content);
    else if (path.startsWith("consistency/")) this.consistency.push(parseConsistencyProof(content));
    else if (path.startsWith("parts/")) this.parts.take(path, content);
    else if (policyFile !== null) this.#addPolicyFile(path, { ...policyFile, content });
  }

  #addPolicyFile(
    path: string,
    { version, name, content }: { version: string; name: string; content: Buffer },
  ): void {
    this.#policy ??= { version, digest: new PolicyDigest(), paths: [] };
    this.#policy.digest.add({ name, text: content.toString("utf8") });
    this.#policy.paths.push(path);
  }

  #endPolicy(): void {
    if (this.#policy === null) return;
    const { version, digest, paths } = this.#policy;
    this.#policy = null;
    if (digest.version() === version) return;
    for (const path of paths) this.blamed.add(path);
    const subject = `policies/${version}`;
    this.fault("POLICY_ALTERED", subject, "the documents are not those of this version");
  }
}

/** Files of which only the digest matters, however large they are. */
function isLargeKind(path: string): boolean {
  return path === "README.txt" || path === "callers.ndjson" || path.startsWith("documents/");
}
