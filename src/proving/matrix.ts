import { join } from "node:path";
import { z } from "zod";
import { CATEGORIES } from "../classification/classification.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import { parsedAs, readTableFile, type TableFile } from "./table-file.ts";

/** What the cell codes of the domain notes mean; `A(b)` is read as the lower of the two. */
export const LEVEL_OF: Readonly<Record<string, Disclosure>> = {
  A: "CLEAR",
  p: "PARTIAL",
  "1": "PARTIAL",
  "4": "PARTIAL",
  r: "COARSE",
  y: "COARSE",
  b: "COARSE",
  c: "COARSE",
  "A(b)": "COARSE",
  t: "TOKEN",
  e: "EXISTS",
  D: "NONE",
};

const cell = z
  .union([
    z.literal(1),
    z.literal(4),
    z.enum(["A", "p", "r", "y", "b", "c", "A(b)", "t", "e", "D"]),
  ])
  .transform(String);

const column = z.enum(["N", "C", "B", "I", "F", "H", "M", "G"]);

const line = z.strictObject({
  role: z.string(),
  purposes: z
    .union([z.array(z.string()).min(1), z.literal("any"), z.literal("others")])
    .describe("`others` are those of which no other line of the role speaks."),
  where: z.string().optional().describe("Under which circumstances, in words."),
  caller: z.string().describe("Name of a demo caller."),
  but: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("Attributes of the caller that differ."),
  customer: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("Attributes of the base customer that differ."),
  row: z
    .enum(["VISIBLE", "NOT_FOUND", "EITHER"])
    .default("VISIBLE")
    .describe("EITHER where it depends on the purpose, and nothing is read."),
  cells: z.record(column, cell),
  ours: z
    .partialRecord(column, z.strictObject({ cell, because: z.string() }))
    .default({})
    .describe("Cells in which our policies differ from the domain notes on purpose."),
});

const matrix = z.strictObject({
  about: z.string(),
  now: z.iso.datetime(),
  columns: z.record(column, z.enum(CATEGORIES)),
  jointly: z
    .array(
      z.strictObject({
        field: z.string(),
        in: column,
        where: column.describe("The column beside which the field shows less."),
        is: z.array(cell).describe("Cells of that column at which it does."),
        cell,
        because: z.string(),
      }),
    )
    .default([])
    .describe("Fields that show less than the rest of their category beside another one."),
  lines: z.array(line),
});

export type MatrixLine = z.infer<typeof line>;
export type JointCell = z.infer<typeof matrix>["jointly"][number];
export type MatrixColumn = z.infer<typeof column>;

/** The role x purpose matrix of the domain notes (section 4.4) as it is written. */
export interface WrittenMatrix extends TableFile {
  readonly matrix: z.infer<typeof matrix>;
}

/** Reads the matrix of a folder. */
export function readMatrix(folder: string): WrittenMatrix {
  const file = readTableFile(join(folder, "matrix.yaml"), "matrix.yaml");
  return { ...file, matrix: parsedAs(matrix, file) };
}

/** The JSON schema that editors check the matrix with. */
export function matrixSchema(): unknown {
  return {
    title: "Role x purpose matrix",
    ...z.toJSONSchema(matrix, { io: "input" }),
  };
}
