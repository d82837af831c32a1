import { sha256 } from "../tree/hashing.ts";
import type { Part, PartContent } from "./part.ts";

/** A part whose bytes are at hand. */
export function wholePart(file: string, content: PartContent, made: Buffer): Part {
  return { file, content, bytes: made.length, digest: sha256(made) };
}

/** A part that is a text. */
export function textPart(file: string, text: string): Part {
  return wholePart(file, { kind: "TEXT", text }, Buffer.from(text));
}
