import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderableAt } from "../../src/classification/catalog.ts";
import { verdictFor } from "../../src/policy/verdict.ts";
import {
  LEVEL_OF,
  type MatrixColumn,
  type MatrixLine,
  matrixSchema,
  readMatrix,
} from "../support/matrix.ts";
import { callerBut, CUSTOMER, customerBut, decisionsOf, POLICY } from "../support/policy-world.ts";
import { rowAnswer } from "../support/table-world.ts";

const MATRIX = readMatrix();
const COLUMNS = Object.entries(MATRIX.columns);
const NOW = new Date(MATRIX.now);

describe.each(MATRIX.lines.flatMap(withEachPurpose))("$title", ({ line, purpose }) => {
  const caller = callerBut({ name: line.caller, purpose, now: NOW, changes: changesOf(line) });
  const decisions = decisionsOf(caller, NOW);
  const row = customerBut(line.customer);

  test(`the customer is ${line.row}`, () => {
    expect(caller.roles).toEqual([line.role]);
    expect(rowAnswer(decisions, row)).toBe(line.row);
  });

  test.each(COLUMNS)("the cell %s holds for every field of %s", (column, category) => {
    const level = LEVEL_OF[cellOf(line, column as MatrixColumn)] ?? "NONE";
    const fields = [...CUSTOMER.fields.values()].filter((field) => field.category === category);
    const expected = fields.map((field) => [field.name, renderableAt(field, level)]);
    const decided = fields.map((field) => [
      field.name,
      verdictFor(decisions.bound, row, field).disclosure,
    ]);
    expect(decided).toEqual(expected);
    expect(fields).not.toHaveLength(0);
  });
});

test("every role and purpose that is given anything has a line", () => {
  const lines = MATRIX.lines.flatMap(withEachPurpose);
  const known = new Set(lines.map(({ line, purpose }) => `${line.role} ${purpose}`));
  const given = [...POLICY.roles.keys()].flatMap((role) =>
    [...POLICY.purposes.keys()]
      .filter((purpose) => givesAnything(role, purpose))
      .map((purpose) => `${role} ${purpose}`),
  );
  expect(given.filter((pair) => !known.has(pair))).toEqual([]);
});

test("matrix.yaml names its JSON schema, and the schema describes the form that is read", () => {
  const folder = import.meta.dirname;
  expect(readFileSync(join(folder, "matrix.yaml"), "utf8").split("\n")[0]).toBe(
    "# yaml-language-server: $schema=./matrix.schema.json",
  );
  expect(JSON.parse(readFileSync(join(folder, "matrix.schema.json"), "utf8"))).toEqual(
    matrixSchema(),
  );
});

function withEachPurpose(line: MatrixLine): { title: string; line: MatrixLine; purpose: string }[] {
  const purposes = line.purposes === "any" ? [...POLICY.purposes.keys()] : line.purposes;
  return purposes.map((purpose) => {
    const where = line.where === undefined ? "" : `, ${line.where}`;
    return { title: `${line.role} for ${purpose}${where}`, line, purpose };
  });
}

function cellOf(line: MatrixLine, column: MatrixColumn): string {
  return line.ours[column]?.cell ?? line.cells[column];
}

/** `*` stands for the names of all fields, of which there are too many to list. */
function changesOf({ but }: MatrixLine): object {
  return but["caseFields"] === "*" ? { ...but, caseFields: [...CUSTOMER.fields.keys()] } : but;
}

/** Whether a caller who has nothing but the role reads anything of any customer. */
function givesAnything(role: string, purpose: string): boolean {
  const changes = { roles: [role], caseFields: [...CUSTOMER.fields.keys()], scopes: [] };
  const caller = callerBut({ name: "cs-agent", purpose, now: NOW, changes });
  const plan = decisionsOf(caller, NOW).planOf("Customer");
  return [...plan.values()].some(({ possible }) => [...possible].some((level) => level !== "NONE"));
}
