import { Ajv } from "ajv";
import { join } from "node:path";
import { parse } from "yaml";
import { packageRoot } from "../../../src/lib/package-root.ts";
import { POLICY_SCHEMA_FILE, policySchemaText } from "../../../src/policy-schema-file.ts";
import { readPolicyFiles } from "../../../src/policy/document.ts";
import { expectGolden } from "../../support/golden-file.ts";

const FILES = readPolicyFiles(join(packageRoot(), "policies"));
const validate = new Ajv().compile(JSON.parse(policySchemaText()) as object);

test("the checked-in schema is what the word lists make of it", () => {
  expectGolden(join(packageRoot(), POLICY_SCHEMA_FILE), policySchemaText());
});

test.each(FILES)("$name is valid and names the schema in its first line", ({ name, text }) => {
  expect(validate(parse(text)) ? [] : validate.errors).toEqual([]);
  const up = name.split("/").length === 1 ? "." : "..";
  expect(text.split("\n")[0]).toBe(`# yaml-language-server: $schema=${up}/policy.schema.json`);
});

/** What an editor underlines, on one piece of a document that is changed. */
const SLIPS: [file: string, piece: string, slip: string][] = [
  ["roles/cs-agent.yaml", "CLEAR: [NAME", "CLEAR: [NAMES"],
  ["roles/cs-agent.yaml", "PARTIAL:", "PARTAIL:"],
  ["roles/cs-agent.yaml", "[SERVICE_DELIVERY]", "[SERVICE_DELIVRY]"],
  ["roles/cs-agent.yaml", "assignedAgentIds", "assignedAgentId"],
  ["roles/cs-agent.yaml", "includes: $caller.id", "includes: $caller.kind"],
  ["roles/gov-liaison.yaml", "only-fields: $case.fields", "only-fields: $case.code"],
  ["rows.yaml", "inTransfer: true", "inTransfer: yes please"],
  ["rows.yaml", "roles: [BANKRUPTCY_ADMIN]", "roles: []"],
  ["stops/state.yaml", "state: SEALED", "state: SEALD"],
  ["stops/state.yaml", "ageBand: CHILD", "ageBand: { under: 14 }"],
  ["stops/state.yaml", "hides: GONE", "hides: GONE\n    at-most: NONE"],
  ["stops/context.yaml", "gte: $now", "gte: 2026-01-01"],
  ["stops/purpose.yaml", "reason: OBJECTED", "reason: objected"],
  ["purposes.yaml", "basis: STATUTE", "basis: LAW"],
];

test.each(SLIPS)("in %s, %s may not be written %s", (name, piece, slip) => {
  const text = FILES.find((file) => file.name === name)?.text ?? "";
  expect(text).toContain(piece);
  expect(validate(parse(text.replace(piece, slip)))).toBe(false);
});
