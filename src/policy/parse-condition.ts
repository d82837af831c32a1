import type { Comparison, Scalar } from "./condition.ts";
import { CALLER_ATTRIBUTES, type CallerAttributeKind } from "./caller-attributes.ts";
import { EACH_KINDS, referencesOf } from "./for-each.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { ALWAYS_TEMPLATE, type ConditionTemplate, type Reference } from "./template.ts";

/** An attribute that a condition may read. */
export interface KnownAttribute {
  readonly kind: CallerAttributeKind;
  /** The only values that it can have, where they are known; another is a slip of the pen. */
  readonly words?: readonly string[] | undefined;
}

/** Attributes that a condition may read, by name. */
export type KnownAttributes = ReadonlyMap<string, KnownAttribute>;

/** Takes a message about the condition; the caller knows file and line. */
export type Complain = (message: string) => void;

/** The words of a condition, and who hears of one that is not among them. */
export interface Language {
  readonly attributes: KnownAttributes;
  /** What references may stand for; those of every condition where it is left out. */
  readonly references?: References | undefined;
  readonly complain: Complain;
}

/** Every operator of a test. */
export const OPERATORS = [
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

/** References by name, with the kind of what each stands for. */
export type References = ReadonlyMap<string, CallerAttributeKind>;

/** What a reference may stand for in every condition. */
export const REFERENCES: References = new Map<string, CallerAttributeKind>([
  ["now", "timestamp"],
  ["purpose", "text"],
  ...Object.entries(CALLER_ATTRIBUTES).map(([name, kind]) => [`caller.${name}`, kind] as const),
]);

/**
 * Turns the YAML form of a condition into a template. Attributes stand beside each other with
 * "and"; `any`, `all` and `not` combine; a plain value means `eq`, a plain list `in`.
 */
export function parseCondition(value: unknown, language: Language): ConditionTemplate {
  const { complain } = language;
  if (value === undefined) return ALWAYS_TEMPLATE;
  if (!isRecord(value) || Object.keys(value).length === 0) {
    complain("A condition must be a mapping that is not empty.");
    return ALWAYS_TEMPLATE;
  }
  const parts = Object.entries(value).map(([word, operand]) =>
    parsePart({ ...language, word, operand }),
  );
  return parts.length === 1 ? (parts[0] as ConditionTemplate) : { kind: "all", of: parts };
}

interface Part extends Language {
  readonly word: string;
  readonly operand: unknown;
}

function parsePart({ word, operand, ...language }: Part): ConditionTemplate {
  const { attributes, references, complain } = language;
  if (word === "not") return { kind: "not", of: parseCondition(operand, language) };
  if (word === "any" || word === "all") {
    const list = Array.isArray(operand) ? operand : [];
    if (list.length === 0) complain(`"${word}" needs a list of conditions.`);
    return { kind: word, of: list.map((item) => parseCondition(item, language)) };
  }
  const known = attributes.get(word);
  if (known === undefined) {
    complain(`"${word}" is not an attribute.${didYouMean(word, [...attributes.keys()])}`);
    return ALWAYS_TEMPLATE;
  }
  const tests = isRecord(operand) ? operand : { [Array.isArray(operand) ? "in" : "eq"]: operand };
  const parts = Object.entries(tests).map(([operator, wanted]) =>
    parseTest({ attribute: word, ...known, operator, wanted, references, complain }),
  );
  return parts.length === 1 ? (parts[0] as ConditionTemplate) : { kind: "all", of: parts };
}

interface Test extends KnownAttribute {
  readonly attribute: string;
  readonly operator: string;
  readonly wanted: unknown;
  readonly references: References | undefined;
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
  if (isReferenceText(wanted)) return parseReference(wanted, test, "[]");
  if (!Array.isArray(wanted) || wanted.length === 0) {
    test.complain(`"${test.operator}" needs a list that is not empty, or a reference.`);
    return [];
  }
  return wanted.flatMap((item) => {
    if (!isReferenceText(item)) return [parseLiteral(item, test)];
    test.complain(`A reference can't stand inside a list.`);
    return [];
  });
}

function parseScalar(wanted: unknown, test: Test): Scalar | Reference {
  return isReferenceText(wanted) ? parseReference(wanted, test, "") : parseLiteral(wanted, test);
}

/** A value of another type than the attribute's would be equal to none, and a stop be idle. */
function parseLiteral(wanted: unknown, { attribute, kind, words, complain }: Test): Scalar {
  const said = JSON.stringify(wanted);
  if (typeof wanted !== "string" && typeof wanted !== "number" && typeof wanted !== "boolean") {
    complain(`${attribute} is compared with ${said}; use "exists" for missing values.`);
    return "";
  }
  const element = kind.replace("[]", "");
  if (element === "timestamp") complain(`${attribute} is compared with $now, not with ${said}.`);
  else if (typeof wanted !== (LITERALS[element] ?? "string")) complain(`${said} is no ${element}.`);
  else if (words !== undefined && !words.includes(String(wanted))) {
    complain(`${attribute} is never ${said}.${didYouMean(String(wanted), words)}`);
  }
  return wanted;
}

const LITERALS: Readonly<Record<string, string>> = { boolean: "boolean", integer: "number" };

function parseReference(text: string, test: Test, list: "" | "[]"): Reference {
  const reference = text.slice(1);
  const references = test.references ?? REFERENCES;
  const kind = references.get(reference);
  const needed = `${test.kind.replace("[]", "")}${list}`;
  if (kind === undefined) {
    test.complain(`"${text}" is not a reference${hintFor(reference, references)}`);
  } else if (kind !== needed) {
    test.complain(`"${text}" is ${kind}, and ${test.attribute} needs ${needed} here.`);
  }
  return { reference };
}

/** What belongs to an elevation or a case is known only to rules that are bound for each of them. */
function hintFor(reference: string, references: References): string {
  const kinds = EACH_KINDS.filter((kind) => referencesOf(kind).has(reference));
  if (kinds.length === 0) return `.${didYouMean(reference, [...references.keys()])}`;
  return ` here. It needs "for-each: ${kinds.join('" or "for-each: ')}".`;
}

function isReferenceText(wanted: unknown): wanted is string {
  return typeof wanted === "string" && wanted.startsWith("$");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
