import type { z } from "zod";
import { NoteFormatError } from "../notes/note-format-error.ts";

/**
 * Reads JSON of one shape; bytes are UTF-8.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`, which names the first place that does not fit
 */
export function parseJson<Shape extends z.ZodType>(
  shape: Shape,
  bytes: Uint8Array,
): z.output<Shape> {
  const parsed = shape.safeParse(jsonIn(bytes));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NoteFormatError(`${issue?.path.join(".")} does not fit`);
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new NoteFormatError("not JSON");
  }
}
