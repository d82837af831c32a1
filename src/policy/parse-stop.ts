import { CATEGORIES, CLASSIFICATIONS, LEGAL_TAGS } from "../classification/classification.ts";
import { DISCLOSURES, type Disclosure } from "../classification/disclosure.ts";
import { ERRORS } from "../errors.ts";
import {
  EXCEPT_KEYS,
  HIDDEN_ANSWERS,
  LET_VERBS,
  REFUSAL_KEYS,
  SELECTOR_KEYS,
  STOP_KEYS,
} from "./document-keys.ts";
import type { Section } from "./document.ts";
import type { Words } from "./known-attributes.ts";
import {
  attributesOfTypes,
  callerOf,
  codeOf,
  forEachOf,
  parseBase,
  referenceOf,
  requireOwnRows,
  rowConditionOf,
} from "./parse-base.ts";
import {
  type Exception,
  type FieldStop,
  type Refusal,
  STOP_STAGES,
  type StopRule,
} from "./rule.ts";
import { ALWAYS_TEMPLATE, type Reference } from "./template.ts";

/** `stops:` entries: what caps disclosure, or hides rows, whatever was granted. */
export function parseStop(section: Section, words: Words, prefix: string): StopRule {
  if (section.has("refuses")) return parseRefusal(section, words, prefix);
  section.allowOnly(STOP_KEYS);
  const common = {
    ...parseBase({ section, words, prefix }),
    caller: callerOf(section, words),
    stage: section.word("stage", STOP_STAGES) ?? "PRINCIPAL",
    reason: codeOf(section, "reason"),
    source: section.text("source"),
    spare: section.has("spare") ? section.text("spare") : null,
  };
  if (section.has("hides") === section.has("at-most")) {
    section.fault('A stop has either "at-most" (fields), "hides" (rows) or "refuses" (requests).');
  }
  const lets = section.words("lets", LET_VERBS);
  if (section.has("hides")) {
    if (lets.length > 0) section.fault("Hidden rows are in no group.", "lets");
    for (const key of ["only-fields", "except"])
      if (section.has(key)) section.fault(`"${key}" is for stops on fields.`, key);
    const answer = section.word("hides", HIDDEN_ANSWERS) ?? "NOT_FOUND";
    return { kind: "row-stop", ...common, answer };
  }
  const letsGroup = lets.length > 0;
  return {
    kind: "stop",
    ...common,
    fields: selectorOf(section),
    atMost: ceilingOf(section),
    letsGroup,
    onlyFields: section.has("only-fields")
      ? referenceOf({ section, key: "only-fields", kind: "text[]", forEach: common.forEach })
      : null,
    except: exceptionOf({ section, types: common.types, words }),
  };
}

/** A stop that refuses whole requests is about the caller alone, and so about every type. */
function parseRefusal(section: Section, words: Words, prefix: string): Refusal {
  section.allowOnly(REFUSAL_KEYS);
  return {
    kind: "refusal",
    id: `${prefix}/${section.text("id")}`,
    about: section.text("about"),
    types: [...words.catalog.keys()],
    caller: callerOf(section, words),
    when: ALWAYS_TEMPLATE,
    forEach: forEachOf(section),
    stage: section.word("stage", STOP_STAGES) ?? "PRINCIPAL",
    reason: section.word("refuses", Object.keys(ERRORS)) ?? "",
    source: section.text("source"),
    spare: section.has("spare") ? section.text("spare") : null,
    file: section.file,
    line: section.line,
  };
}

/** `except`: fields that an item lists, on the rows that it is about. */
function exceptionOf({
  section: stop,
  types,
  words,
}: {
  section: Section;
  types: readonly string[];
  words: Words;
}): Exception | null {
  const section = stop.section("except");
  if (section === null) return null;
  section.allowOnly(EXCEPT_KEYS);
  for (const key of ["for-each", "when", "only-fields"])
    if (!section.has(key)) section.fault(`"except" says "${key}".`);
  const forEach = forEachOf(section);
  const attributes = attributesOfTypes(types, words);
  const when = rowConditionOf({ section, attributes, forEach });
  const onlyFields = referenceOf({ section, key: "only-fields", kind: "text[]", forEach });
  if (forEach === null) return null;
  requireOwnRows(section, forEach, when);
  return { forEach, when, onlyFields };
}

function selectorOf(section: Section): FieldStop["fields"] {
  const fields = section.section("fields");
  if (fields === null) return {};
  fields.allowOnly(SELECTOR_KEYS);
  if (fields.keys.length === 0) fields.fault('"fields" must narrow to something.');
  return {
    ...(fields.has("classifications")
      ? { classifications: fields.words("classifications", CLASSIFICATIONS) }
      : {}),
    ...(fields.has("categories") ? { categories: fields.words("categories", CATEGORIES) } : {}),
    ...(fields.has("legalTags") ? { legalTags: fields.words("legalTags", LEGAL_TAGS) } : {}),
  };
}

function ceilingOf(section: Section): Disclosure | Reference {
  const value = section.value("at-most");
  if (value === undefined) return "NONE";
  if (typeof value === "string" && value.startsWith("$"))
    return referenceOf({ section, key: "at-most", kind: "disclosure" });
  return section.word("at-most", DISCLOSURES) ?? "NONE";
}
