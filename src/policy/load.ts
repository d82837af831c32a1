import type { Catalog } from "../classification/catalog.ts";
import { PURPOSE_KEYS, ROLE_KEYS } from "./document-keys.ts";
import { digestOf, parseFile, type PolicyFile, type Section } from "./document.ts";
import { reviewTermsIn } from "./review-terms.ts";
import { auditTermsIn } from "./audit-terms.ts";
import { elevationTermsIn } from "./elevation-terms.ts";
import { type PolicyFault, PolicyFaults } from "./fault.ts";
import { countRulesIn } from "./count-rules.ts";
import { budgetsIn } from "./parse-budgets.ts";
import type { Words } from "./known-attributes.ts";
import { lawPacksIn } from "./law/parse-law.ts";
import { secondFactorRulesIn } from "./second-factor.ts";
import { parseJointCap } from "./parse-joint.ts";
import { parseGrant, parseRowRule } from "./parse-rules.ts";
import { parseStop } from "./parse-stop.ts";
import {
  BASES,
  type Policy,
  type PolicyRule,
  type PurposeDefinition,
  ROLE_KINDS,
  type RoleDefinition,
} from "./rule.ts";

/**
 * Checks every document of a policy against each other and the catalog.
 *
 * @throws PolicyFaults with every fault at once, each with file, line and a suggestion
 */
export function loadPolicy(files: readonly PolicyFile[], catalog: Catalog): Policy {
  const faults: PolicyFault[] = [];
  const documents = files.flatMap((file) => parseFile(file, faults) ?? []);
  const purposes = onceEach({
    sections: documents.flatMap(purposeSections),
    key: "code",
    read: purposeIn,
  });
  const roleDocuments = documents.filter((document) => document.has("role"));
  const roles = onceEach({ sections: roleDocuments, key: "role", read: roleIn });
  const words: Words = {
    catalog,
    roles: new Set(roles.keys()),
    purposes: new Set(purposes.keys()),
  };
  const rules = documents.flatMap((document) => rulesIn(document, words));
  const counts = countRulesIn(documents);
  const law = lawPacksIn(documents, files);
  const secondFactor = secondFactorRulesIn(documents);
  const budgets = budgetsIn(documents, words.roles);
  const elevations = elevationTermsIn(documents);
  const audits = auditTermsIn(documents);
  const reviews = reviewTermsIn(documents);
  faults.push(...duplicatesAmong(rules));
  if (rules.length === 0 && faults.length === 0) {
    faults.push({ file: ".", line: 1, message: "There is no rule at all." });
  }
  if (faults.length > 0) throw new PolicyFaults(faults);
  return {
    version: digestOf(files),
    purposes,
    roles,
    rules,
    counts,
    law,
    secondFactor,
    budgets,
    elevations,
    audits,
    reviews,
  };
}

/** Definitions by their name; a second one of a name is a fault, not a change of the first. */
function onceEach<T>({
  sections,
  key,
  read,
}: {
  sections: readonly Section[];
  key: string;
  read: (section: Section) => T;
}): Map<string, T> {
  const known = new Map<string, T>();
  for (const section of sections) {
    const definition = read(section);
    const name = String(section.value(key));
    if (known.has(name)) section.fault(`"${name}" is defined twice.`, key);
    else known.set(name, definition);
  }
  return known;
}

function purposeSections(document: Section): Section[] {
  if (!document.has("purposes") || document.has("role")) return [];
  document.allowOnly(["purposes"]);
  return document.sections("purposes");
}

function purposeIn(section: Section): PurposeDefinition {
  section.allowOnly(PURPOSE_KEYS);
  return {
    code: section.text("code"),
    about: section.text("about"),
    basis: section.word("basis", BASES) ?? "CUSTOMER",
  };
}

function roleIn(document: Section): RoleDefinition {
  document.allowOnly(ROLE_KEYS);
  return {
    role: document.text("role"),
    about: document.text("about"),
    kind: document.word("kind", ROLE_KINDS) ?? "STAFF",
  };
}

function rulesIn(document: Section, words: Words): PolicyRule[] {
  if (document.has("role")) {
    const role = document.text("role");
    return document.sections("grants").flatMap((section) => parseGrant(section, words, role));
  }
  if (document.has("rows")) {
    document.allowOnly(["rows"]);
    return document.sections("rows").map((section) => parseRowRule(section, words));
  }
  if (document.has("stops")) {
    document.allowOnly(["stops"]);
    const prefix = document.file.replace(/^.*\//, "").replace(/\.yaml$/, "");
    return document.sections("stops").map((section) => parseStop(section, words, prefix));
  }
  if (document.has("joint")) {
    document.allowOnly(["joint"]);
    return document.sections("joint").map((section) => parseJointCap(section, words));
  }
  const others = [
    "purposes",
    "counts",
    "law",
    "second-factor",
    "budgets",
    "elevations",
    "audits",
    "reviews",
  ];
  if (!others.some((key) => document.has(key)))
    document.allowOnly(["role", "rows", "stops", "joint", ...others]);
  return [];
}

function duplicatesAmong(rules: readonly PolicyRule[]): PolicyFault[] {
  const seen = new Map<string, PolicyRule>();
  return rules.flatMap((rule) => {
    const key = `${rule.kind} ${rule.id}`;
    const first = seen.get(key);
    seen.set(key, first ?? rule);
    if (first === undefined) return [];
    return [
      { ...originOf(rule), message: `"${rule.id}" is already at ${first.file}:${first.line}.` },
    ];
  });
}

function originOf(rule: PolicyRule): { file: string; line: number } {
  return { file: rule.file, line: rule.line };
}
