import {
  CATEGORIES,
  type Category,
  CLASSIFICATIONS,
  LEGAL_TAGS,
} from "../classification/classification.ts";
import { DISCLOSURES, type Disclosure } from "../classification/disclosure.ts";
import { CALLER_ATTRIBUTES, type CallerAttributeKind } from "./caller-attributes.ts";
import {
  CODE,
  GRANT_KEYS,
  HIDDEN_ANSWERS,
  LET_VERBS,
  ROW_KEYS,
  SELECTOR_KEYS,
  STOP_KEYS,
} from "./document-keys.ts";
import type { Section } from "./document.ts";
import {
  attributesOfCallers,
  attributesOfType,
  attributesSharedBy,
  type Words,
} from "./known-attributes.ts";
import { parseCondition } from "./parse-condition.ts";
import {
  type FieldStop,
  type Grant,
  POLICY_SUBJECT,
  POLICY_VERBS,
  type PolicyRule,
  ROW_VERBS,
  type RowRule,
  type RowStop,
  STAGES,
  type Verb,
  type VerbGrant,
  VERBS,
} from "./rule.ts";
import type { ConditionTemplate, Reference } from "./template.ts";

/** `rows:` entries: who sees a row at all, or may count it without seeing it. */
export function parseRowRule(section: Section, words: Words): RowRule {
  section.allowOnly(ROW_KEYS);
  if (!section.has("roles")) section.fault("A row rule names its roles.");
  return {
    kind: "row",
    ...parseBase({ section, words, prefix: "rows" }),
    caller: callerOf(section, words),
    may: section.has("may") ? (section.word("may", ROW_VERBS) ?? undefined) : "see",
  };
}

/** `grants:` entries of a role: how much of which categories, for which purposes and rows. */
export function parseGrant(section: Section, words: Words, role: string): PolicyRule[] {
  section.allowOnly(GRANT_KEYS);
  if (!section.has("purposes")) section.fault("A grant names its purposes.");
  if (!["give", "change", "group", "may"].some((key) => section.has(key)))
    section.fault("A grant gives something.");
  const base = parseBase({ section, words, prefix: role.toLowerCase().replaceAll("_", "-") });
  const caller = callerOf(section, words, role);
  const grant: Grant = {
    kind: "grant",
    ...base,
    caller,
    reason: section.has("reason") ? codeOf(section, "reason") : null,
    levels: levelsOf(section),
    onlyFields: section.has("only-fields") ? referenceOf(section, "only-fields", "text[]") : null,
  };
  const change = section.words("change", CATEGORIES);
  const groups = section.words("group", CATEGORIES);
  const verbs = section.words("may", VERBS);
  return [
    ...(grant.levels.size > 0 ? [grant] : []),
    ...(change.length > 0 ? [verbGrant({ base, caller, verb: "update", categories: change })] : []),
    ...(groups.length > 0 ? [verbGrant({ base, caller, verb: "group", categories: groups })] : []),
    ...verbs.map((verb) =>
      verbGrant({ base: subjectOf(verb, { base, section }), caller, verb, categories: [] }),
    ),
  ];
}

/** Verbs about the policy are about no rows, whatever else the grant is about. */
function subjectOf<Base>(verb: Verb, { base, section }: { base: Base; section: Section }): Base {
  if (!POLICY_VERBS.some((one) => one === verb)) return base;
  if (section.has("when")) section.fault(`"${verb}" is about no row, so it has no "when".`, "when");
  return { ...base, types: [POLICY_SUBJECT] };
}

/** `stops:` entries: what caps disclosure, or hides rows, whatever was granted. */
export function parseStop(section: Section, words: Words, prefix: string): FieldStop | RowStop {
  section.allowOnly(STOP_KEYS);
  const common = {
    ...parseBase({ section, words, prefix }),
    caller: callerOf(section, words),
    stage: section.word("stage", STAGES) ?? "PRINCIPAL",
    reason: codeOf(section, "reason"),
    source: section.text("source"),
    spare: section.has("spare") ? section.text("spare") : null,
  };
  if (section.has("hides") === section.has("at-most")) {
    section.fault('A stop has either "at-most" (fields) or "hides" (rows).');
  }
  const lets = section.words("lets", LET_VERBS);
  if (section.has("hides")) {
    if (lets.length > 0) section.fault("Hidden rows are in no group.", "lets");
    const answer = section.word("hides", HIDDEN_ANSWERS) ?? "NOT_FOUND";
    return { kind: "row-stop", ...common, answer };
  }
  const letsGroup = lets.length > 0;
  const atMost = ceilingOf(section);
  return { kind: "stop", ...common, fields: selectorOf(section), atMost, letsGroup };
}

function parseBase({ section, words, prefix }: { section: Section; words: Words; prefix: string }) {
  const types = section.has("types")
    ? section.words("types", words.catalog.keys())
    : ["Customer", "CustomerEvent"];
  const attributes = attributesSharedBy(types.map((name) => attributesOfType(words, name)));
  return {
    id: `${prefix}/${section.text("id")}`,
    about: section.text("about"),
    types,
    when: parseCondition(section.value("when"), attributes, (message) =>
      section.fault(message, "when"),
    ),
    file: section.file,
    line: section.line,
  };
}

/** Roles and purposes are conditions on the caller like any other. */
function callerOf(section: Section, words: Words, role?: string): ConditionTemplate {
  const roles = role === undefined ? section.words("roles", words.roles) : [role];
  const purposes = section.words("purposes", words.purposes);
  const written = parseCondition(section.value("caller"), attributesOfCallers(words), (message) =>
    section.fault(message, "caller"),
  );
  const parts: ConditionTemplate[] = [
    ...(roles.length > 0 ? [{ kind: "overlaps", attribute: "roles", values: roles } as const] : []),
    ...(purposes.length > 0
      ? [{ kind: "in", attribute: "purpose", values: purposes } as const]
      : []),
    ...(section.has("caller") ? [written] : []),
  ];
  return parts.length === 0 ? { kind: "always", value: true } : { kind: "all", of: parts };
}

function levelsOf(section: Section): ReadonlyMap<Category, Disclosure> {
  const levels = new Map<Category, Disclosure>();
  const give = section.section("give");
  if (give === null) return levels;
  if (give.keys.length === 0) give.fault('"give" is empty.');
  give.allowOnly(DISCLOSURES.filter((level) => level !== "NONE"));
  for (const level of DISCLOSURES) {
    for (const category of give.words(level, CATEGORIES)) {
      if (levels.has(category)) give.fault(`${category} is given twice.`, level);
      levels.set(category, level);
    }
  }
  return levels;
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
    return referenceOf(section, "at-most", "disclosure");
  return section.word("at-most", DISCLOSURES) ?? "NONE";
}

function referenceOf(section: Section, key: string, kind: CallerAttributeKind): Reference {
  const known = Object.entries(CALLER_ATTRIBUTES).filter(([, ofKind]) => ofKind === kind);
  const word = section.word(
    key,
    known.map(([name]) => `$caller.${name}`),
  );
  return { reference: (word ?? "$").slice(1) };
}

function codeOf(section: Section, key: string): string {
  const code = section.text(key);
  if (code !== "" && !CODE.test(code)) section.fault(`"${key}" is a code in capitals.`, key);
  return code;
}

function verbGrant({
  base,
  caller,
  verb,
  categories,
}: {
  base: ReturnType<typeof parseBase>;
  caller: ConditionTemplate;
  verb: VerbGrant["verb"];
  categories: readonly Category[];
}): VerbGrant {
  return { kind: "verb", ...base, id: `${base.id}/${verb}`, caller, verb, categories };
}
