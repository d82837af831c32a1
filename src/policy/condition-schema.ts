import { EACH_KINDS, referencesOf } from "./for-each.ts";
import {
  type KnownAttribute,
  type KnownAttributes,
  OPERATORS,
  REFERENCES,
} from "./parse-condition.ts";

type SchemaPart = Readonly<Record<string, unknown>>;

/** What a condition is about: a row, a caller, or what a rule is bound for each of. */
export type ConditionSubject = "when" | "caller" | "each";

/** Where the schema of a condition stands. */
export function nameOfCondition(subject: ConditionSubject): string {
  return `#/definitions/${subject}`;
}

/** The JSON Schema of a condition on attributes, and of the tests of each of them. */
export function conditionSchemas(
  subject: ConditionSubject,
  attributes: KnownAttributes,
): Record<string, SchemaPart> {
  const self = { $ref: nameOfCondition(subject) };
  const list = { type: "array", minItems: 1, items: self };
  const tests = [...attributes].map(([name, known]) => {
    const shared = `${known.kind.replace("[]", "-list")}${subject === "when" ? "-of-row" : ""}`;
    const definition = known.words === undefined ? shared : `${subject}-${name}`;
    return { name, known, definition };
  });
  const properties = tests.map(({ name, definition }) => [name, refTo(definition)] as const);
  return {
    [subject]: {
      type: "object",
      minProperties: 1,
      additionalProperties: false,
      properties: { any: list, all: list, not: self, ...Object.fromEntries(properties) },
    },
    ...Object.fromEntries(
      tests.flatMap(({ known, definition }) =>
        Object.entries(testsOf({ known, name: definition, subject })),
      ),
    ),
  };
}

/** A plain value means `eq`, a plain list `in`; all else is an operator with its operand. */
function testsOf({
  known,
  name,
  subject,
}: {
  known: KnownAttribute;
  name: string;
  subject: ConditionSubject;
}): Record<string, SchemaPart> {
  const isList = known.kind.endsWith("[]");
  const one = refTo(`${name}-one`);
  const many = refTo(`${name}-many`);
  const fitting = OPERATORS.filter(
    (operator) => operator === "exists" || isList === LIST_OPERATORS.includes(operator),
  );
  const operands = fitting.map((operator): [string, SchemaPart] => {
    if (operator === "exists") return [operator, { type: "boolean" }];
    return [operator, MANY_OPERATORS.includes(operator) ? many : one];
  });
  const operators = {
    type: "object",
    minProperties: 1,
    additionalProperties: false,
    properties: Object.fromEntries(operands),
  };
  const literals = { type: "array", minItems: 1, items: literal(known) };
  return {
    [name]: isList ? operators : { anyOf: [one, many, operators] },
    [`${name}-one`]: { anyOf: [literal(known), ...references(known, "", subject)] },
    [`${name}-many`]: { anyOf: [literals, ...references(known, "[]", subject)] },
  };
}

const LIST_OPERATORS: readonly string[] = ["includes", "overlaps"];
const MANY_OPERATORS: readonly string[] = ["in", "notIn", "overlaps"];

function refTo(definition: string): SchemaPart {
  return { $ref: `#/definitions/${definition}` };
}

function literal({ kind, words }: KnownAttribute): SchemaPart {
  if (words !== undefined) return { enum: words };
  const element = kind.replace("[]", "");
  // A point in time is compared with $now and nothing else.
  if (element === "timestamp") return { enum: ["$now"] };
  if (element === "boolean") return { type: "boolean" };
  if (element === "integer") return { type: "number" };
  return { type: "string", not: { pattern: "^\\$" } };
}

/** Only the loader knows which reference a rule's own `for-each` allows. */
function references(
  { kind }: KnownAttribute,
  list: "" | "[]",
  subject: ConditionSubject,
): SchemaPart[] {
  const needed = `${kind.replace("[]", "")}${list}`;
  const ofItems = subject === "when" ? EACH_KINDS.flatMap((one) => [...referencesOf(one)]) : [];
  const names = [...new Map([...REFERENCES, ...ofItems])]
    .filter(([, ofKind]) => ofKind === needed)
    .map(([name]) => `$${name}`);
  return names.length === 0 ? [] : [{ enum: names }];
}
