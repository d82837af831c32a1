import { type ConsistencyProof, parseConsistencyProof } from "./notes/consistency-proof.ts";
import { NoteFormatError } from "./notes/note-format-error.ts";
import { cosignCheckpoint, type NoteSigner } from "./notes/sign-note.ts";
import { EmptyTreeError, type SignedCheckpoint } from "./notes/checkpoint.ts";
import type { VerifierKey } from "./notes/verifier-key.ts";
import { verifyNote } from "./notes/verify-note.ts";
import { EMPTY_TREE, type TreeHead } from "./tree/append.ts";
import { verifyConsistency } from "./tree/verify.ts";

/** What a witness remembers of one log. */
export interface WitnessedLog extends TreeHead {
  /** The checkpoint as it was cosigned. */
  readonly note: string;
}

/** Where a witness remembers; what it answers is kept before it is said. */
export interface WitnessMemory {
  get(origin: string): WitnessedLog | null;
  put(origin: string, log: WitnessedLog): Promise<void>;
}

/** Answer of a witness. Source: C2SP tlog-witness, add-checkpoint. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: "text/plain" | "text/x.tlog.size";
  readonly body: string;
}

/** What a witness is made of. */
export interface WitnessOptions {
  readonly signer: NoteSigner;
  /** Keys of the logs that it knows; a key carries the name of its log. */
  readonly logKeys: readonly VerifierKey[];
  readonly memory: WitnessMemory;
  readonly now: () => Date;
}

type Submitted = ConsistencyProof & { readonly signed: SignedCheckpoint };

/** A witness of logs: cosigns what grew from what it cosigned before, and nothing else. */
export class Witness {
  readonly #options: WitnessOptions;
  /** Requests follow each other, so that what was compared is still what is remembered. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  /** Answers one request. Source: C2SP tlog-witness, add-checkpoint. */
  async addCheckpoint(body: Uint8Array): Promise<WitnessAnswer> {
    const answer = this.#last.then(() => this.#answer(body));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #answer(body: Uint8Array): Promise<WitnessAnswer> {
    const submitted = readSubmitted(body);
    if ("status" in submitted) return submitted;
    const { memory } = this.#options;
    const { origin } = submitted.signed;
    const refused = this.#faultOf(submitted);
    if (refused !== null) return refused;
    const { signer, now } = this.#options;
    const note = cosignCheckpoint({ note: submitted.checkpoint, witness: signer, at: now() });
    const { size, root } = submitted.signed;
    await memory.put(origin, { size, root, note });
    // A cosignature is the last line of its note.
    const line = note.slice(note.lastIndexOf("\n", note.length - 2) + 1);
    return { status: 200, type: "text/plain", body: line };
  }

  #faultOf({ signed, oldSize, hashes }: Submitted): WitnessAnswer | null {
    const { logKeys, memory } = this.#options;
    const keys = logKeys.filter(({ name }) => name === signed.origin);
    if (keys.length === 0) return refusal(404, "a log that is not known");
    const { verified, failed } = verifyNote(signed.note, keys);
    if (verified.length === 0 || failed.length > 0) return refusal(403, "not signed by the log");
    if (oldSize > signed.size) return refusal(400, "an old size above the new one");
    const known = memory.get(signed.origin) ?? EMPTY_TREE;
    if (oldSize !== known.size)
      return { status: 409, type: "text/x.tlog.size", body: `${known.size}\n` };
    return verifyConsistency({ from: known, to: signed, proof: hashes })
      ? null
      : refusal(422, "not grown from what was seen before");
  }
}

function readSubmitted(body: Uint8Array): Submitted | WitnessAnswer {
  try {
    return parseConsistencyProof(body);
  } catch (error) {
    if (error instanceof EmptyTreeError) return refusal(422, "not the root of an empty tree");
    if (error instanceof NoteFormatError) return refusal(400, "not a request that can be read");
    throw error;
  }
}

function refusal(status: 400 | 403 | 404 | 422, reason: string): WitnessAnswer {
  return { status, type: "text/plain", body: `${reason}\n` };
}
