import { attributesFor, type Catalog } from "../classification/catalog.ts";
import { CATEGORIES, CLASSIFICATIONS, LEGAL_TAGS } from "../classification/classification.ts";
import { DISCLOSURES } from "../classification/disclosure.ts";
import { ERRORS } from "../errors.ts";
import { conditionSchemas, nameOfCondition } from "./condition-schema.ts";
import {
  BUDGET_KEYS,
  BUDGET_MEASURES,
  COUNT_KEYS,
  SECOND_FACTOR_KEYS,
  ELEVATION_KEYS,
  GRANT_KEYS,
  HIDDEN_ANSWERS,
  LARGEST_BUDGET,
  LEAST_FLOOR,
  LET_VERBS,
  LONGEST_WINDOW,
  PURPOSE_KEYS,
  ROLE_KEYS,
  ROW_KEYS,
  SELECTOR_KEYS,
  STOP_KEYS,
  WINDOW_KEYS,
} from "./document-keys.ts";
import { auditsDocument } from "./audit-schema.ts";
import { reviewsDocument } from "./review-schema.ts";
import {
  attributesOfItems,
  callerReferences,
  exception,
  fieldLists,
  forEachParts,
} from "./for-each-schema.ts";
import { jointDocument } from "./joint-schema.ts";
import { attributesOfCallers, attributesOfType } from "./known-attributes.ts";
import { lawDocument } from "./law/law-schema.ts";
import type { KnownAttribute } from "./parse-condition.ts";
import { BASES, type Policy, ROLE_KINDS, ROW_VERBS, STOP_STAGES, VERBS } from "./rule.ts";
import { code, mapping, oneOrMore, type SchemaPart, text } from "./schema-parts.ts";

/**
 * The JSON Schema (draft 7, which editors read) of every document of a policy, from the word lists
 * that the loader checks with. It is for editors; only the loader says whether a policy is sound.
 */
export function policyDocumentSchema(
  policy: Pick<Policy, "roles" | "purposes">,
  catalog: Catalog,
): SchemaPart {
  const words = {
    catalog,
    roles: new Set([...policy.roles.keys()].sort()),
    purposes: new Set([...policy.purposes.keys()].sort()),
  };
  const rowAttributes = new Map<string, KnownAttribute>();
  for (const type of catalog.values()) {
    for (const name of attributesFor(catalog, type).keys()) {
      const known = attributesOfType(words, type.name).get(name);
      rowAttributes.set(name, widened(rowAttributes.get(name), known as KnownAttribute));
    }
  }
  const some = {
    types: oneOrMore([...catalog.keys()]),
    roles: oneOrMore([...words.roles]),
    purposes: oneOrMore([...words.purposes]),
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A document of a policy",
    oneOf: [
      purposesDocument(),
      roleDocument(some),
      rowsDocument(some),
      stopsDocument(some),
      countsDocument(),
      lawDocument(),
      secondFactorDocument(),
      budgetsDocument(some),
      elevationsDocument(),
      auditsDocument(),
      reviewsDocument(),
      jointDocument(catalog),
    ],
    definitions: {
      ...conditionSchemas("when", rowAttributes),
      ...conditionSchemas("caller", attributesOfCallers(words)),
      ...conditionSchemas("each", attributesOfItems()),
    },
  };
}

type Some = Readonly<Record<"types" | "roles" | "purposes", SchemaPart>>;

function purposesDocument(): SchemaPart {
  const purpose = mapping({
    keys: PURPOSE_KEYS,
    parts: { code, about: text, basis: { enum: BASES } },
    required: PURPOSE_KEYS,
  });
  return mapping({
    keys: ["purposes"],
    parts: { purposes: { type: "array", items: purpose } },
    required: ["purposes"],
  });
}

function roleDocument({ types, purposes }: Some): SchemaPart {
  const levels = DISCLOSURES.filter((level) => level !== "NONE");
  const categories = oneOrMore(CATEGORIES);
  const grant = mapping({
    keys: GRANT_KEYS,
    parts: {
      id: text,
      about: text,
      types,
      purposes,
      ...conditions(),
      reason: code,
      give: {
        ...mapping({ keys: levels, parts: Object.fromEntries(levels.map((l) => [l, categories])) }),
        minProperties: 1,
      },
      ...forEachParts(),
      "only-fields": { enum: fieldLists() },
      change: categories,
      group: categories,
      may: oneOrMore(VERBS),
    },
    required: ["id", "about", "purposes"],
  });
  const given = ["give", "change", "group", "may"].map((key) => ({ required: [key] }));
  return mapping({
    keys: ROLE_KEYS,
    parts: {
      role: code,
      about: text,
      kind: { enum: ROLE_KINDS },
      grants: { type: "array", items: { ...grant, anyOf: given } },
    },
    required: ["role", "about", "kind"],
  });
}

function rowsDocument({ types, roles, purposes }: Some): SchemaPart {
  const row = mapping({
    keys: ROW_KEYS,
    parts: {
      id: text,
      about: text,
      types,
      roles,
      purposes,
      ...conditions(),
      ...forEachParts(),
      may: { enum: ROW_VERBS },
    },
    required: ["id", "about", "roles"],
  });
  return mapping({
    keys: ["rows"],
    parts: { rows: { type: "array", items: row } },
    required: ["rows"],
  });
}

function stopsDocument({ types, roles, purposes }: Some): SchemaPart {
  const stop = mapping({
    keys: STOP_KEYS,
    parts: {
      id: text,
      about: text,
      source: text,
      stage: { enum: STOP_STAGES },
      reason: code,
      types,
      roles,
      purposes,
      ...conditions(),
      ...forEachParts(),
      fields: fieldSelector(),
      "only-fields": { enum: fieldLists() },
      except: exception(),
      "at-most": { enum: [...DISCLOSURES, ...callerReferences("disclosure")] },
      lets: oneOrMore(LET_VERBS),
      hides: { enum: HIDDEN_ANSWERS },
      refuses: { enum: Object.keys(ERRORS) },
      spare: text,
    },
    required: ["id", "about", "source", "stage"],
  });
  const effect = [
    { required: ["at-most", "reason"] },
    { required: ["hides", "reason"] },
    { required: ["refuses"] },
  ];
  return mapping({
    keys: ["stops"],
    parts: { stops: { type: "array", items: { ...stop, oneOf: effect } } },
    required: ["stops"],
  });
}

function countsDocument(): SchemaPart {
  const counts = mapping({
    keys: COUNT_KEYS,
    parts: {
      about: text,
      source: text,
      "smallest-group": { type: "integer", minimum: LEAST_FLOOR },
      "fewest-candidates": { type: "integer", minimum: LEAST_FLOOR },
    },
    required: ["source", "smallest-group"],
  });
  return mapping({ keys: ["counts"], parts: { counts }, required: ["counts"] });
}

function secondFactorDocument(): SchemaPart {
  const rules = mapping({
    keys: SECOND_FACTOR_KEYS,
    parts: { about: text, source: text, "valid-minutes": { type: "integer", minimum: 1 } },
    required: ["source", "valid-minutes"],
  });
  const key = "second-factor";
  return mapping({ keys: [key], parts: { [key]: rules }, required: [key] });
}

function budgetsDocument({ roles }: Some): SchemaPart {
  const most = { type: "integer", minimum: 0, maximum: LARGEST_BUDGET };
  const window = {
    ...mapping({
      keys: WINDOW_KEYS,
      parts: {
        minutes: { type: "integer", minimum: 1, maximum: LONGEST_WINDOW },
        ...Object.fromEntries(BUDGET_MEASURES.map((measure) => [measure, most])),
      },
      required: ["minutes"],
    }),
    minProperties: 2,
  };
  const budget = mapping({
    keys: BUDGET_KEYS,
    parts: {
      id: text,
      about: text,
      source: text,
      kinds: oneOrMore(ROLE_KINDS),
      roles,
      classifications: oneOrMore(CLASSIFICATIONS),
      windows: { type: "array", minItems: 1, items: window },
    },
    required: ["id", "about", "source", "classifications", "windows"],
  });
  const names = { anyOf: [{ required: ["kinds"] }, { required: ["roles"] }] };
  const budgets = { type: "array", items: { ...budget, ...names } };
  return mapping({ keys: ["budgets"], parts: { budgets }, required: ["budgets"] });
}

function elevationsDocument(): SchemaPart {
  const wholeNumber: SchemaPart = { type: "integer", minimum: 1 };
  const elevations = mapping({
    keys: ELEVATION_KEYS,
    parts: {
      about: text,
      source: text,
      "most-minutes": wholeNumber,
      "lapses-after-minutes": wholeNumber,
      "review-within-days": wholeNumber,
    },
    required: ELEVATION_KEYS.filter((key) => key !== "about"),
  });
  return mapping({ keys: ["elevations"], parts: { elevations }, required: ["elevations"] });
}

function fieldSelector(): SchemaPart {
  const parts = {
    classifications: oneOrMore(CLASSIFICATIONS),
    categories: oneOrMore(CATEGORIES),
    legalTags: oneOrMore(LEGAL_TAGS),
  };
  return { ...mapping({ keys: SELECTOR_KEYS, parts }), minProperties: 1 };
}

function conditions(): Record<"caller" | "when", SchemaPart> {
  return {
    caller: { $ref: nameOfCondition("caller") },
    when: { $ref: nameOfCondition("when") },
  };
}

/** An attribute that two types have may hold the values of both. */
function widened(one: KnownAttribute | undefined, other: KnownAttribute): KnownAttribute {
  if (one === undefined || one.words === undefined || other.words === undefined) return other;
  return { kind: other.kind, words: [...new Set([...one.words, ...other.words])] };
}
