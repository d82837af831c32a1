import { CATEGORIES, type Category } from "../classification/classification.ts";
import { DISCLOSURES, type Disclosure } from "../classification/disclosure.ts";
import { GRANT_KEYS, ROW_KEYS } from "./document-keys.ts";
import type { Section } from "./document.ts";
import type { Words } from "./known-attributes.ts";
import { callerOf, codeOf, parseBase, referenceOf, requireOwnRows } from "./parse-base.ts";
import {
  type Grant,
  POLICY_SUBJECT,
  POLICY_VERBS,
  type PolicyRule,
  ROW_VERBS,
  type RowRule,
  type Verb,
  type VerbGrant,
  VERBS,
} from "./rule.ts";
import type { ConditionTemplate } from "./template.ts";

/** `rows:` entries: who sees a row at all, or may count it without seeing it. */
export function parseRowRule(section: Section, words: Words): RowRule {
  section.allowOnly(ROW_KEYS);
  if (!section.has("roles")) section.fault("A row rule names its roles.");
  const base = parseBase({ section, words, prefix: "rows" });
  if (base.forEach !== null) requireOwnRows(section, base.forEach, base.when);
  return {
    kind: "row",
    ...base,
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
  if (base.forEach !== null) requireOwnRows(section, base.forEach, base.when);
  const caller = callerOf(section, words, role);
  const grant: Grant = {
    kind: "grant",
    ...base,
    caller,
    reason: section.has("reason") ? codeOf(section, "reason") : null,
    levels: levelsOf(section),
    onlyFields: section.has("only-fields")
      ? referenceOf({ section, key: "only-fields", kind: "text[]", forEach: base.forEach })
      : null,
  };
  const change = section.words("change", CATEGORIES);
  const groups = section.words("group", CATEGORIES);
  if (base.forEach !== null && (change.length > 0 || groups.length > 0 || section.has("may")))
    section.fault('A grant with "for-each" gives levels and nothing else.', "for-each");
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
