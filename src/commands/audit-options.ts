import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { type ConsistencyProof, parseConsistencyProof } from "../audit/notes/consistency-proof.ts";
import { NoteFormatError } from "../audit/notes/note-format-error.ts";
import {
  parseVerifierKey,
  type SignatureKind,
  type VerifierKey,
} from "../audit/notes/verifier-key.ts";

/** Exit codes of `custodia audit`: something is wrong with the evidence, or with the question. */
export const NOT_OK = 1;
const BAD_USAGE = 2;

/** A command that answers bad usage by its own exit code, so that a script never takes it for a verdict. */
export function auditStep(name: string): Command {
  return new Command(name).showHelpAfterError().exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : BAD_USAGE);
  });
}

/** `--key`, once for each key of the log. */
export function keyOption(): Option {
  return new Option(
    "--key <key>",
    "verifier key of the log that you trust (name+id+key); repeatable",
  )
    .argParser(collect(keyOf("NOTE")))
    .default([]);
}

/** `--witness`, once for each witness. */
export function witnessOption(): Option {
  return new Option(
    "--witness <key>",
    "verifier key of a witness that must have cosigned; repeatable",
  )
    .argParser(collect(keyOf("COSIGNATURE")))
    .default([]);
}

/** `--proof`, once for each consistency proof. */
export function proofOption(): Option {
  return new Option("--proof <file>", "consistency proof between two checkpoints; repeatable")
    .argParser(collect(proofIn))
    .default([]);
}

/** Reads a file that the reader named; where it cannot be read, the question is wrong. */
export function readNamed(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    return refuseUsage(`${path} can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** Ends the command with one line and the exit code of bad usage. */
export function refuseUsage(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(BAD_USAGE);
}

function collect<One>(parse: (text: string) => One): (text: string, before: One[]) => One[] {
  return (text, before) => [...before, parse(text)];
}

function keyOf(kind: SignatureKind): (text: string) => VerifierKey {
  return (text) => {
    const key = understood(() => parseVerifierKey(text));
    if (key.kind !== kind) throw new InvalidArgumentError("It is a key of another kind.");
    return key;
  };
}

function proofIn(path: string): ConsistencyProof {
  const bytes = readNamed(path);
  return understood(() => parseConsistencyProof(bytes));
}

function understood<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoteFormatError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
}
