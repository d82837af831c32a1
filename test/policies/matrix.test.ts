import { readFileSync } from "node:fs";
import { join } from "node:path";
import { matrixCases, purposesOf } from "../../src/proving/matrix-cases.ts";
import { matrixSchema, readMatrix } from "../../src/proving/matrix.ts";
import {
  callerBut,
  CATALOG,
  CUSTOMER,
  decisionsOf,
  POLICY,
  ROWS,
  TABLES_FOLDER,
} from "../support/policy-world.ts";

const WRITTEN = readMatrix(TABLES_FOLDER);
const { lines, columns, now } = WRITTEN.matrix;
const NOW = new Date(now);

const CASES = matrixCases({ written: WRITTEN, policy: POLICY, rows: ROWS, catalog: CATALOG });

test.each(CASES)("$title: every cell holds for every field", ({ caller, failure }) => {
  expect(failure(decisionsOf(caller, NOW))).toBeNull();
});

test("every line is about the one role that its caller holds", () => {
  const held = lines.map((line) => {
    const caller = callerBut({ name: line.caller, now: NOW, changes: line.but });
    return { role: line.role, roles: caller.roles };
  });
  expect(held).toEqual(lines.map(({ role }) => ({ role, roles: [role] })));
});

test("every category has a column with a field in it", () => {
  const categories = new Set([...CUSTOMER.fields.values()].map(({ category }) => category));
  expect(new Set(Object.values(columns))).toEqual(categories);
});

test("every role has a line for every purpose", () => {
  const known = new Set(
    lines.flatMap((line) =>
      purposesOf(line, lines, POLICY).map((purpose) => `${line.role} ${purpose}`),
    ),
  );
  const all = [...POLICY.roles.keys()].flatMap((role) =>
    [...POLICY.purposes.keys()].map((purpose) => `${role} ${purpose}`),
  );
  expect(all.filter((pair) => !known.has(pair))).toEqual([]);
});

test("matrix.yaml names its JSON schema, and the schema describes the form that is read", () => {
  expect(WRITTEN.firstLine).toBe("# yaml-language-server: $schema=./matrix.schema.json");
  const schema = readFileSync(join(TABLES_FOLDER, "matrix.schema.json"), "utf8");
  expect(JSON.parse(schema)).toEqual(matrixSchema());
});
