/** A signed tree head that was published. */
export interface SignedHead {
  /** Records in the tree. */
  readonly treeSize: number;
  /** SHA-256, 32 bytes. */
  readonly root: Buffer;
  /** When it was signed (UTC). */
  readonly sealedAt: Date;
  /** C2SP signed note, cosignatures included. */
  readonly note: string;
}

/** A record with its place in the tree and the proof of it. */
export interface InclusionProof {
  readonly treeIndex: number;
  readonly head: SignedHead;
  /** RFC 9162 section 2.1.3, from the leaf upwards; 32 bytes each. */
  readonly hashes: readonly Buffer[];
}

/** Proves things of the sealed log, from its tiles. All may throw SERVICE_UNAVAILABLE. */
export interface LogProofs {
  /** The newest head; null while nothing is sealed. */
  head(): Promise<SignedHead | null>;
  /** The newest head at or before a size; null where there is none. */
  headAt(treeSize: number): Promise<SignedHead | null>;
  /** Proofs that records are in the tree of the head of that size, in the order of the indexes. */
  inclusion(treeIndexes: readonly number[], head: SignedHead): Promise<InclusionProof[]>;
  /** RFC 9162 section 2.1.4: that the tree of one size grew into that of another. */
  consistency(fromSize: number, toSize: number): Promise<readonly Buffer[]>;
  /** Public keys of the log with the times for which they signed, and those of witnesses (verifier keys, C2SP). */
  keys(): Promise<readonly LogKey[]>;
}

/** A key that signs, or signed, heads. */
export interface LogKey {
  /** C2SP verifier key: name, key id and public key. */
  readonly verifierKey: string;
  readonly kind: "LOG" | "WITNESS";
  readonly validFrom: Date;
  /** First instant at which it no longer signs; null while it does. */
  readonly validTo: Date | null;
}
