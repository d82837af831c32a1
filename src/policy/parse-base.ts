import type { CallerAttributeKind } from "./caller-attributes.ts";
import { CODE } from "./document-keys.ts";
import type { Section } from "./document.ts";
import { EACH_WORDS, EACH_KINDS, type EachKind, type ForEach, referencesOf } from "./for-each.ts";
import {
  attributesOfCallers,
  attributesOfType,
  attributesSharedBy,
  type Words,
} from "./known-attributes.ts";
import {
  type KnownAttributes,
  parseCondition,
  REFERENCES,
  type References,
} from "./parse-condition.ts";
import { type ConditionTemplate, isReference, type Reference } from "./template.ts";

/** What every rule says: its name, its types, the rows on which it holds and what it is bound for. */
export function parseBase({
  section,
  words,
  prefix,
}: {
  section: Section;
  words: Words;
  prefix: string;
}) {
  const types = section.has("types")
    ? section.words("types", words.catalog.keys())
    : ["Customer", "CustomerEvent"];
  const forEach = forEachOf(section);
  return {
    id: `${prefix}/${section.text("id")}`,
    about: section.text("about"),
    types,
    when: rowConditionOf({ section, attributes: attributesOfTypes(types, words), forEach }),
    forEach,
    file: section.file,
    line: section.line,
  };
}

/** Attributes that every one of the types has. */
export function attributesOfTypes(types: readonly string[], words: Words): KnownAttributes {
  return attributesSharedBy(types.map((name) => attributesOfType(words, name)));
}

/** `when`: the condition on the row, in which what the rule is bound for can be named. */
export function rowConditionOf({
  section,
  attributes,
  forEach,
}: {
  section: Section;
  attributes: KnownAttributes;
  forEach: ForEach | null;
}): ConditionTemplate {
  return parseCondition(section.value("when"), {
    attributes,
    references: referencesFor(forEach),
    complain: (message) => section.fault(message, "when"),
  });
}

/** `for-each` with `each`; null where the rule is bound once for the caller. */
export function forEachOf(section: Section): ForEach | null {
  if (!section.has("for-each")) {
    if (section.has("each")) section.fault('"each" needs "for-each".', "each");
    return null;
  }
  const of = section.word("for-each", EACH_KINDS);
  if (of === null) return null;
  const kinds = Object.entries(EACH_WORDS[of].kinds);
  return {
    of,
    each: parseCondition(section.value("each"), {
      attributes: new Map(kinds.map(([name, kind]) => [name, { kind }])),
      complain: (message) => section.fault(message, "each"),
    }),
  };
}

/**
 * What gives must be held to the item's own rows, and by a test that nothing loosens: else the
 * fields of one elevation or case would reach the customers of another. `any` ties them where each
 * of its parts does, as for the two parties of a transfer.
 */
export function requireOwnRows(section: Section, forEach: ForEach, when: ConditionTemplate): void {
  const { own } = EACH_WORDS[forEach.of];
  if (!isTied(when, forEach.of))
    section.fault(`With "for-each" the rows are those of the item: ${own.written}.`, "when");
}

function isTied(template: ConditionTemplate, kind: EachKind): boolean {
  switch (template.kind) {
    case "all":
      return template.of.some((part) => isTied(part, kind));
    case "any":
      return template.of.every((part) => isTied(part, kind));
    case "compare":
      return template.operator === "eq" && names(template, template.value, kind);
    case "includes":
      return names(template, template.value, kind);
    case "in":
    case "overlaps":
      return names(template, template.values, kind);
    default:
      return false;
  }
}

function names(
  { kind: test, attribute }: { readonly kind: string; readonly attribute: string },
  value: unknown,
  kind: EachKind,
): boolean {
  const { word, own } = EACH_WORDS[kind];
  return (
    own.kinds.some((one) => one === test) &&
    (own.attribute === undefined || own.attribute === attribute) &&
    isReference(value) &&
    value.reference === `${word}.${own.of}`
  );
}

/** Roles and purposes are conditions on the caller like any other. */
export function callerOf(section: Section, words: Words, role?: string): ConditionTemplate {
  const roles = role === undefined ? section.words("roles", words.roles) : [role];
  const purposes = section.words("purposes", words.purposes);
  const written = parseCondition(section.value("caller"), {
    attributes: attributesOfCallers(words),
    complain: (message) => section.fault(message, "caller"),
  });
  const parts: ConditionTemplate[] = [
    ...(roles.length > 0 ? [{ kind: "overlaps", attribute: "roles", values: roles } as const] : []),
    ...(purposes.length > 0
      ? [{ kind: "in", attribute: "purpose", values: purposes } as const]
      : []),
    ...(section.has("caller") ? [written] : []),
  ];
  return parts.length === 0 ? { kind: "always", value: true } : { kind: "all", of: parts };
}

/** A reference to something of the kind, of the caller or of what the rule is bound for. */
export function referenceOf({
  section,
  key,
  kind,
  forEach = null,
}: {
  section: Section;
  key: string;
  kind: CallerAttributeKind;
  forEach?: ForEach | null;
}): Reference {
  const fitting = [...referencesFor(forEach)].filter(([, ofKind]) => ofKind === kind);
  const names = fitting.map(([name]) => `$${name}`);
  const word = section.word(key, names);
  return { reference: (word ?? "$").slice(1) };
}

/** A code in capitals. */
export function codeOf(section: Section, key: string): string {
  const code = section.text(key);
  if (code !== "" && !CODE.test(code)) section.fault(`"${key}" is a code in capitals.`, key);
  return code;
}

function referencesFor(forEach: ForEach | null): References {
  return forEach === null ? REFERENCES : new Map([...REFERENCES, ...referencesOf(forEach.of)]);
}
