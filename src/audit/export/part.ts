/** What a part of a bundle is made from; small enough that one part is never much memory. */
export type PartContent =
  /** The text itself. */
  | { readonly kind: "TEXT"; readonly text: string }
  /** The records of a stretch, one a line, and the proof that they are in the tree. */
  | ({ readonly kind: "RECORDS" } & RecordStretch)
  | ({ readonly kind: "INCLUSION" } & Pick<RecordStretch, "runs">)
  /** States of callers, one a line. */
  | { readonly kind: "CALLERS"; readonly digests: readonly string[] }
  /** A document of a version of the policy. */
  | { readonly kind: "POLICY"; readonly version: string; readonly name: string };

/** Records that stand together in a bundle. */
export interface RecordStretch {
  /** Their tree indexes, as `writeRuns` gives them. */
  readonly runs: string;
  /** When they were sealed: from then (ms since 1970 UTC) up to, not including, then. */
  readonly sealed: readonly [from: number, to: number];
  /** States of callers (digests) and versions of the policy that they name. */
  readonly callers: readonly string[];
  readonly policies: readonly string[];
}

/** A piece of one file of a bundle, by what is known of it without making it. */
export interface PartOutline {
  /** Path within the bundle. */
  readonly file: string;
  /** Length in bytes. */
  readonly bytes: number;
  /** SHA-256 of its bytes, 32 bytes. */
  readonly digest: Buffer;
}

/** A part with what it is made from. */
export interface Part extends PartOutline {
  readonly content: PartContent;
}

/** A part as it is kept; what it is made from is read when it is made. */
export interface KeptPart extends PartOutline {
  /** Number of the part among those of the bundle, in the order in which they were added. */
  readonly place: number;
}
