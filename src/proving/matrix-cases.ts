import { type Catalog, renderableAt, typeIn } from "../classification/catalog.ts";
import type { Category } from "../classification/classification.ts";
import { type Disclosure, lowerOf } from "../classification/disclosure.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { Policy } from "../policy/rule.ts";
import { verdictFor } from "../policy/verdict.ts";
import { callerBut, type DemoRows, type PlainRow, type TypedRow } from "./demo-rows.ts";
import {
  type JointCell,
  LEVEL_OF,
  type MatrixColumn,
  type MatrixLine,
  type WrittenMatrix,
} from "./matrix.ts";
import { outcomesFor, type PolicyCase } from "./policy-case.ts";
import { rowAnswer } from "./table-world.ts";

/** Every line of the matrix with each purpose of which it speaks: one case a line and purpose. */
export function matrixCases({
  written,
  policy,
  rows,
  catalog,
}: {
  written: WrittenMatrix;
  policy: Policy;
  rows: DemoRows;
  catalog: Catalog;
}): PolicyCase[] {
  const { matrix, lineOf, name: file } = written;
  const now = new Date(matrix.now);
  return matrix.lines.flatMap((line, index) =>
    purposesOf(line, matrix.lines, policy).map((purpose): PolicyCase => {
      const changes = changesOf(line, catalog);
      const caller = callerBut({ name: line.caller, purpose, now, changes });
      const row = rows.but("Customer", line.customer);
      const cells = cellsOf({ line, matrix, catalog });
      const levels = cells.flatMap(({ category, fields }) =>
        fields.map(({ level }) => [category, level] as const),
      );
      return {
        file,
        line: lineOf("lines", index),
        title: titleOf(line, purpose),
        caller,
        now,
        rules: [],
        covers: outcomesFor(caller, levels),
        failure: (decisions) => lineFailure({ decisions, line, row, cells, catalog }),
      };
    }),
  );
}

/** A line in words. */
export function titleOf(line: MatrixLine, purpose: string): string {
  const where = line.where === undefined ? "" : `, ${line.where}`;
  return `${line.role} for ${purpose}${where}`;
}

/** The purposes of a line: named, all of them, or those that no other line of the role names. */
export function purposesOf(
  line: MatrixLine,
  lines: readonly MatrixLine[],
  policy: Pick<Policy, "purposes">,
): string[] {
  const all = [...policy.purposes.keys()];
  if (line.purposes === "any") return all;
  if (line.purposes !== "others") return line.purposes;
  const named = lines.filter(({ role }) => role === line.role).flatMap(({ purposes }) => purposes);
  return all.filter((purpose) => !named.includes(purpose));
}

interface Cell {
  readonly column: MatrixColumn;
  readonly category: Category;
  readonly fields: readonly { readonly name: string; readonly level: Disclosure }[];
}

/** What each cell of a line says of every field of its category. */
export function cellsOf({
  line,
  matrix: { columns, jointly = [] },
  catalog,
}: {
  line: MatrixLine;
  matrix: {
    readonly columns: Readonly<Record<MatrixColumn, Category>>;
    readonly jointly?: readonly JointCell[];
  };
  catalog: Catalog;
}): Cell[] {
  const { fields } = typeIn(catalog, "Customer");
  return Object.entries(columns).map(([name, category]) => {
    const column = name as MatrixColumn;
    const level = levelIn(line, column);
    const inCategory = [...fields.values()].filter((field) => field.category === category);
    return {
      column,
      category,
      fields: inCategory.map((field) => ({
        name: field.name,
        level: renderableAt(field, lowerOf(level, jointLevel(field.name, line, jointly))),
      })),
    };
  });
}

function cellIn(line: MatrixLine, column: MatrixColumn): string {
  return line.ours[column]?.cell ?? line.cells[column];
}

function levelIn(line: MatrixLine, column: MatrixColumn): Disclosure {
  return LEVEL_OF[cellIn(line, column)] ?? "NONE";
}

/** The level at which a field is capped beside another column; a field in clear is not. */
function jointLevel(name: string, line: MatrixLine, jointly: readonly JointCell[]): Disclosure {
  const holding = jointly.filter(
    (joint) =>
      joint.field === name &&
      joint.is.includes(cellIn(line, joint.where)) &&
      levelIn(line, joint.in) !== "CLEAR",
  );
  return holding.reduce<Disclosure>(
    (level, { cell }) => lowerOf(level, LEVEL_OF[cell] ?? "NONE"),
    "CLEAR",
  );
}

function lineFailure({
  decisions,
  line,
  row,
  cells,
  catalog,
}: {
  decisions: Decisions;
  line: MatrixLine;
  row: TypedRow;
  cells: readonly Cell[];
  catalog: Catalog;
}): string | null {
  const answer = rowAnswer(decisions, row);
  if (line.row !== "EITHER" && answer !== line.row)
    return `the row is ${answer}, expected ${line.row}`;
  const { fields } = typeIn(catalog, "Customer");
  for (const { column, fields: expected } of cells) {
    for (const { name, level } of expected) {
      const field = fields.get(name);
      const verdict = field && verdictFor(decisions.bound, row, field);
      if (verdict?.disclosure !== level)
        return `${column}: ${name} is ${verdict?.disclosure} (${verdict?.rule}), expected ${level}`;
    }
  }
  return null;
}

/** `*` stands for the names of all fields, of which there are too many to list. */
function changesOf({ but }: MatrixLine, catalog: Catalog): PlainRow {
  const names = [...typeIn(catalog, "Customer").fields.keys()];
  const withFields = (one: PlainRow): PlainRow =>
    one["fields"] === "*" ? { ...one, fields: names } : one;
  const lists = ["elevations", "disclosureCases"].flatMap((name) =>
    Array.isArray(but[name]) ? [[name, but[name].map(withFields)] as const] : [],
  );
  return { ...but, ...Object.fromEntries(lists) };
}
