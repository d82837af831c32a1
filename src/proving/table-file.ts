import { readFileSync } from "node:fs";
import { BootError } from "../lib/boot-error.ts";
import type { z } from "zod";
import { isMap, isNode, isSeq, LineCounter, parseDocument } from "yaml";

/** A YAML file with the lines on which its entries stand. */
export interface TableFile {
  readonly name: string;
  readonly firstLine: string;
  readonly content: unknown;
  /** Line of what stands under keys and positions, or of the nearest thing above it. */
  readonly lineOf: (...path: (string | number)[]) => number;
}

/** Reads a table. */
export function readTableFile(path: string, name: string): TableFile {
  const text = readFileSync(path, "utf8");
  const lines = new LineCounter();
  // Callers of a table often differ from one another in a word: `<<` says the rest once.
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const lineOf = (...steps: (string | number)[]): number => {
    let node: unknown = document.contents;
    let line = 1;
    for (const step of steps) {
      const [key, value] = below(node, step);
      if (isNode(key) && key.range) line = lines.linePos(key.range[0]).line;
      node = value;
    }
    return line;
  };
  return { name, firstLine: text.split("\n")[0] ?? "", content: document.toJS(), lineOf };
}

function below(node: unknown, step: string | number): [key: unknown, value: unknown] {
  if (isSeq(node)) return [node.items[Number(step)], node.items[Number(step)]];
  if (!isMap(node)) return [undefined, undefined];
  const pair = node.items.find(({ key }) => String(key) === String(step));
  return [pair?.key, pair?.value];
}

/**
 * The content of a table in the form that it must have.
 *
 * @throws BootError with the line of each thing that has another form
 */
export function parsedAs<T extends z.ZodType>(
  form: T,
  { name, content, lineOf }: TableFile,
): z.output<T> {
  const { success, data, error } = form.safeParse(content);
  if (success) return data;
  throw new BootError(
    error.issues.map(({ path, message }) => {
      const steps = path.filter((step) => typeof step !== "symbol");
      return `${name}:${lineOf(...steps)}: ${steps.join(".")}: ${message}`;
    }),
  );
}
