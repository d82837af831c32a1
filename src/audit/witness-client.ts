import type { SignedHead } from "./log-proofs.ts";
import { formatConsistencyProof } from "./notes/consistency-proof.ts";
import { parseCosignature } from "./notes/cosignature.ts";
import { NoteFormatError } from "./notes/note-format-error.ts";
import { parseNote } from "./notes/signed-note.ts";
import type { VerifierKey } from "./notes/verifier-key.ts";
import { verifyNote } from "./notes/verify-note.ts";

/** A witness that is asked to cosign. */
export interface RemoteWitness {
  /** Submission prefix. */
  readonly url: string;
  readonly key: VerifierKey;
}

/** What a witness gave. */
export interface Cosigned {
  /** Signature line, line feed included. */
  readonly line: string;
  readonly witnessedAt: Date;
}

/** A witness that did not cosign. */
export class WitnessError extends Error {
  override readonly name = "WitnessError";
  /** HTTP status; null where the answer itself was no good. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/** The witness has seen a longer log under this name than there is: the log was forked or cut. */
export class WitnessAheadError extends Error {
  override readonly name = "WitnessAheadError";
}

const TIMEOUT_MS = 5_000;
const MOST_ANSWER_CHARACTERS = 16_384;

/**
 * Asks a witness to cosign a checkpoint. Where it remembers another size than was thought, it says so,
 * and is asked once more from there.
 *
 * @param from size that the witness cosigned last, as far as is known
 * @param prove gives the consistency proof from a size to the checkpoint
 * @throws WitnessError, WitnessAheadError
 * Source: C2SP tlog-witness, add-checkpoint.
 */
export async function askWitness(request: {
  witness: RemoteWitness;
  head: SignedHead;
  from: number;
  prove: (from: number) => Promise<readonly Buffer[]>;
}): Promise<Cosigned> {
  const { witness, head, from } = request;
  const first = await submit({ ...request, from });
  const answer = first.status === 409 ? await submit({ ...request, from: seenSize(first) }) : first;
  if (answer.status !== 200) throw new WitnessError("The witness refused", answer.status);
  return cosignatureIn(answer.body, { witness, head });

  function seenSize({ body }: Answer): number {
    const size = /^(0|[1-9]\d{0,15})\n$/.exec(body)?.[1];
    if (size === undefined) throw new WitnessError("The witness told no size", 409);
    if (Number(size) > head.treeSize)
      throw new WitnessAheadError("A witness has seen a longer log than there is");
    return Number(size);
  }
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function submit(request: {
  witness: RemoteWitness;
  head: SignedHead;
  from: number;
  prove: (from: number) => Promise<readonly Buffer[]>;
}): Promise<Answer> {
  const { witness, head, from, prove } = request;
  const hashes = await prove(from);
  const body = formatConsistencyProof({ oldSize: from, hashes, checkpoint: head.note });
  const response = await fetch(`${witness.url.replace(/\/+$/, "")}/add-checkpoint`, {
    method: "POST",
    body,
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  return { status: response.status, body: text.slice(0, MOST_ANSWER_CHARACTERS) };
}

/** The line of the key that is trusted; those of other keys are ignored, as the protocol wants. */
function cosignatureIn(
  body: string,
  { witness: { key }, head }: { witness: RemoteWitness; head: SignedHead },
): Cosigned {
  try {
    const lines = body.split(/(?<=\n)/);
    const line = lines.find((one) => isOf(one, key));
    if (line !== undefined) {
      const { text } = parseNote(head.note);
      const note = parseNote(`${text}\n${line}`);
      const [signature] = note.signatures;
      if (signature !== undefined && verifyNote(note, [key]).verified.length === 1) {
        const { timestamp } = parseCosignature(signature.signature);
        return { line, witnessedAt: new Date(Number(timestamp) * 1_000) };
      }
    }
  } catch (error) {
    if (!(error instanceof NoteFormatError)) throw error;
  }
  throw new WitnessError("The witness gave no signature that holds", null);
}

function isOf(line: string, { name, id }: VerifierKey): boolean {
  const [, named, encoded = ""] = line.trimEnd().split(" ");
  return named === name && Buffer.from(encoded, "base64").subarray(0, 4).toString("hex") === id;
}
