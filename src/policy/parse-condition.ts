import type { Comparison, Scalar } from "./condition.ts";
import { CALLER_ATTRIBUTES, type CallerAttributeKind } from "./caller-attributes.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { ALWAYS_TEMPLATE, type ConditionTemplate, type Reference } from "./template.ts";

/** Attributes that a condition may read, by name. */
export type KnownAttributes = ReadonlyMap<string, CallerAttributeKind>;

/** Takes a message about the condition; the caller knows file and line. */
export type Complain = (message: string) => void;

const OPERATORS = [
  "eq",
  "ne",
  "lt",
  "lte",
  "gt",
  "gte",
  "in",
  "notIn",
  "includes",
  "overlaps",
  "exists",
] as const;

type Operator = (typeof OPERATORS)[number];

/**
 * Turns the YAML form of a condition into a template. Attributes stand beside each other with
 * "and"; `any`, `all` and `not` combine; a plain value means `eq`, a plain list `in`.
 */
export function parseCondition(
  value: unknown,
  attributes: KnownAttributes,
  complain: Complain,
): ConditionTemplate {
  if (value === undefined) return ALWAYS_TEMPLATE;
  if (!isRecord(value) || Object.keys(value).length === 0) {
    complain("A condition must be a mapping that is not empty.");
    return ALWAYS_TEMPLATE;
  }
  const parts = Object.entries(value).map(([word, operand]) =>
    parsePart({ word, operand, attributes, complain }),
  );
  return parts.length === 1 ? (parts[0] as ConditionTemplate) : { kind: "all", of: parts };
}

interface Part {
  readonly word: string;
  readonly operand: unknown;
  readonly attributes: KnownAttributes;
  readonly complain: Complain;
}

function parsePart({ word, operand, attributes, complain }: Part): ConditionTemplate {
  if (word === "not") return { kind: "not", of: parseCondition(operand, attributes, complain) };
  if (word === "any" || word === "all") {
    const list = Array.isArray(operand) ? operand : [];
    if (list.length === 0) complain(`"${word}" needs a list of conditions.`);
    return { kind: word, of: list.map((item) => parseCondition(item, attributes, complain)) };
  }
  const kind = attributes.get(word);
  if (kind === undefined) {
    complain(`"${word}" is not an attribute.${didYouMean(word, [...attributes.keys()])}`);
    return ALWAYS_TEMPLATE;
  }
  const tests = isRecord(operand) ? operand : { [Array.isArray(operand) ? "in" : "eq"]: operand };
  const parts = Object.entries(tests).map(([operator, wanted]) =>
    parseTest({ attribute: word, kind, operator, wanted, complain }),
  );
  return parts.length === 1 ? (parts[0] as ConditionTemplate) : { kind: "all", of: parts };
}

interface Test {
  readonly attribute: string;
  readonly kind: CallerAttributeKind;
  readonly operator: string;
  readonly wanted: unknown;
  readonly complain: Complain;
}

function parseTest(test: Test): ConditionTemplate {
  const { attribute, kind, operator, wanted, complain } = test;
  if (!OPERATORS.includes(operator as Operator)) {
    complain(`"${operator}" is not an operator.${didYouMean(operator, OPERATORS)}`);
    return ALWAYS_TEMPLATE;
  }
  const isList = kind.endsWith("[]");
  const needsList = operator === "includes" || operator === "overlaps";
  if (operator !== "exists" && isList !== needsList) {
    complain(
      `"${operator}" does not fit ${attribute}, which is ${isList ? "a list: use includes or overlaps" : "no list"}.`,
    );
  }
  switch (operator as Operator) {
    case "exists": {
      if (typeof wanted !== "boolean") complain(`"exists" is true or false.`);
      const exists: ConditionTemplate = { kind: "exists", attribute };
      return wanted === false ? { kind: "not", of: exists } : exists;
    }
    case "in":
    case "notIn":
    case "overlaps": {
      const values = parseList(wanted, test);
      if (operator === "overlaps") return { kind: "overlaps", attribute, values };
      const among: ConditionTemplate = { kind: "in", attribute, values };
      return operator === "in" ? among : { kind: "not", of: among };
    }
    case "includes":
      return { kind: "includes", attribute, value: parseScalar(wanted, test) };
    case "ne": {
      const value = parseScalar(wanted, test);
      return { kind: "not", of: { kind: "compare", attribute, operator: "eq", value } };
    }
    default: {
      const value = parseScalar(wanted, test);
      return { kind: "compare", attribute, operator: operator as Comparison, value };
    }
  }
}

function parseList(wanted: unknown, test: Test): readonly Scalar[] | Reference {
  if (typeof wanted === "string" && wanted.startsWith("$")) return parseReference(wanted, test);
  if (!Array.isArray(wanted) || wanted.length === 0) {
    test.complain(`"${test.operator}" needs a list that is not empty, or a reference.`);
    return [];
  }
  return wanted.flatMap((item) => {
    const scalar = parseScalar(item, test);
    if (typeof scalar === "object" && "reference" in scalar) {
      test.complain(`A reference can't stand inside a list.`);
      return [];
    }
    return [scalar];
  });
}

function parseScalar(wanted: unknown, test: Test): Scalar | Reference {
  if (typeof wanted === "string") {
    return wanted.startsWith("$") ? parseReference(wanted, test) : wanted;
  }
  if (typeof wanted === "number" || typeof wanted === "boolean") return wanted;
  test.complain(`${test.attribute} is compared with ${JSON.stringify(wanted)}; use "exists" for missing values.`);
  return "";
}

function parseReference(text: string, test: Test): Reference {
  const reference = text.slice(1);
  const known = ["now", "purpose", ...Object.keys(CALLER_ATTRIBUTES).map((name) => `caller.${name}`)];
  if (!known.includes(reference)) {
    test.complain(`"${text}" is not a reference.${didYouMean(reference, known)}`);
  }
  return { reference };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
