import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { z } from "zod";
import { packageRoot } from "../src/lib/package-root.ts";

/** Ids of the demonstration share everything but their last three digits (UUIDv7). */
export function demoId(lastThree: string): string {
  return `0192a000-0000-7000-8000-000000000${lastThree}`;
}

/** Reads one of the YAML files in this folder; a file of another shape is a mistake of ours. */
export function readYaml<Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> {
  const text = readFileSync(join(packageRoot(), "seeds", file), "utf8");
  // Days stay text: as dates they would move with the time zone of the machine.
  return shape.parse(parse(text, { schema: "core" }));
}
