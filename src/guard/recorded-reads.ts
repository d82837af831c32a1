import type { RecordedRows, RecordedVerdict } from "../audit/decision-record.ts";
import {
  type Concerns,
  concernsOf,
  type TypeDefinition,
  typeIn,
} from "../classification/catalog.ts";
import { type Row, ruleAttributesOf } from "../database/read-request.ts";
import type { AttributeValues } from "../policy/condition.ts";
import { itemsBehind, rulesWithItems, stageOf } from "../policy/decision-entry.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { CustomerReferences } from "../sealing/customer-reference.ts";
import { ConcernedIds, type IdSet } from "./concerned-ids.ts";
import type { Entry } from "./decision-journal.ts";
import { CIRCUMSTANCES } from "./needs.ts";
import type { FieldVerdict, RowGroup } from "./row-verdicts.ts";

interface Reading {
  readonly decisions: Decisions;
  readonly ids: ConcernedIds;
  /** The reference of a customer among the rows. */
  readonly referenceOf: (customerId: string) => string;
}

interface Read {
  readonly decisions: Decisions;
  readonly references: CustomerReferences;
}

/**
 * What readings are on record as: one entry for each type, set of organisations concerned and set of
 * verdicts, with all the rows it covers; a PRIVATE value in clear has one of its own.
 */
export function recordedReads({
  groups,
  ...read
}: Read & { readonly groups: readonly RowGroup[] }): Entry[] {
  const reading = readingOf(groups.map(({ rows }) => rows).flat(), read);
  const shared: Entry[] = [];
  const single: Entry[] = [];
  for (const { verdicts, rows } of groups) {
    const isSingle = ({ field, verdict }: FieldVerdict): boolean =>
      field.classification === "PRIVATE" && verdict.disclosure === "CLEAR";
    const alike = saidOf(
      verdicts.filter((one) => !isSingle(one)),
      reading,
    );
    const singles = verdicts.filter(isSingle).map((one) => saidOf([one], reading));
    for (const part of byConcern(rows, reading)) {
      if (alike.verdicts.length > 0) shared.push(...entriesOf(alike, part, reading));
      for (const one of singles) {
        for (const row of part.rows)
          single.push(...entriesOf(one, { ...part, rows: [row] }, reading));
      }
    }
  }
  return [...shared, ...single];
}

/** One row as a record names it, with whom it concerns; for verbs on it. */
export function recordedRow(row: Row, read: Read): Pick<Entry, "rows" | "concerned" | "transfers"> {
  const reading = readingOf([row], read);
  return byConcern([row], reading).map((part) => ({
    rows: recordedRows(part, reading),
    concerned: part.organisations,
    transfers: part.transfers,
  }))[0] as Pick<Entry, "rows" | "concerned" | "transfers">;
}

/** Makes the references of all customers among the rows in one go. */
function readingOf(rows: readonly Row[], { decisions, references }: Read): Reading {
  const { catalog } = decisions.bound;
  const ids = new Set<string>();
  for (const row of rows) {
    const { customer } = concernsOf(catalog, typeIn(catalog, row.__typename));
    if (customer !== null) ids.add(textIn(ruleAttributesOf(row), customer));
  }
  const list = [...ids];
  const made = references.referencesOf(list);
  const known = new Map(list.map((id, at) => [id, made[at] ?? ""]));
  return { decisions, ids: new ConcernedIds(), referenceOf: (id) => known.get(id) ?? "" };
}

/** Rows of one type that concern the same organisations and transfers. */
interface Part {
  readonly type: TypeDefinition;
  readonly concerns: Concerns;
  readonly organisations: IdSet;
  readonly transfers: IdSet;
  readonly rows: Row[];
}

function byConcern(rows: readonly Row[], { decisions, ids }: Reading): Part[] {
  const { catalog } = decisions.bound;
  const parts: Part[] = [];
  let known = new Map<IdSet, Map<IdSet, Part>>();
  let type: TypeDefinition | null = null;
  let concerns: Concerns | null = null;
  for (const row of rows) {
    // What was decided alike is about fields of one type.
    if (type?.name !== row.__typename || concerns === null) {
      type = typeIn(catalog, row.__typename);
      concerns = concernsOf(catalog, type);
      known = new Map();
    }
    const attributes = ruleAttributesOf(row);
    const organisations = ids.idsIn(attributes, concerns.organisations);
    const transfers = ids.idsIn(attributes, concerns.transfers);
    let ofOrganisations = known.get(organisations);
    if (ofOrganisations === undefined) known.set(organisations, (ofOrganisations = new Map()));
    let part = ofOrganisations.get(transfers);
    if (part === undefined) {
      part = { type, concerns, organisations, transfers, rows: [] };
      ofOrganisations.set(transfers, part);
      parts.push(part);
    }
    part.rows.push(row);
  }
  return parts;
}

/** What is said of the rows of a group, whomever they concern. */
interface Said {
  readonly verdicts: readonly FieldVerdict[];
  readonly clear: "SENSITIVE" | "PRIVATE" | null;
  /** Null where it hangs on the row under which elevation or case it was decided. */
  readonly recorded: RecordedVerdict[] | null;
}

function saidOf(verdicts: readonly FieldVerdict[], { decisions }: Reading): Said {
  const bound = rulesWithItems(decisions.bound);
  const isBound = verdicts.some(({ verdict }) => bound.has(verdict.rule));
  const recorded = isBound ? null : recordedVerdicts(verdicts, decisions, () => []);
  return { verdicts, clear: classInClear(verdicts), recorded };
}

/** One entry, or more where rows were decided under different elevations or cases. */
function entriesOf(said: Said, part: Part, reading: Reading): Entry[] {
  const { verdicts, clear } = said;
  const sets =
    said.recorded === null
      ? byItems(verdicts, part.rows, reading.decisions)
      : [{ recorded: said.recorded, rows: part.rows }];
  return sets.map(({ recorded, rows }) => ({
    action: "READ",
    type: part.type.name,
    verdicts: recorded,
    rows: recordedRows({ ...part, rows }, reading),
    concerned: part.organisations,
    transfers: part.transfers,
    clear,
  }));
}

function byItems(
  verdicts: readonly FieldVerdict[],
  rows: readonly Row[],
  decisions: Decisions,
): { recorded: RecordedVerdict[]; rows: Row[] }[] {
  const sets = new Map<string, { recorded: RecordedVerdict[]; rows: Row[] }>();
  for (const row of rows) {
    const subject = { ...ruleAttributesOf(row), __typename: row.__typename };
    const recorded = recordedVerdicts(verdicts, decisions, ({ field, verdict }) =>
      itemsBehind({ bound: decisions.bound, rule: verdict.rule, field, row: subject }),
    );
    const key = JSON.stringify(recorded);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, { recorded, rows: [row] });
    else set.rows.push(row);
  }
  return [...sets.values()];
}

/** Fields of which the same was decided stand together. */
function recordedVerdicts(
  verdicts: readonly FieldVerdict[],
  { bound }: Decisions,
  under: (one: FieldVerdict) => string[],
): RecordedVerdict[] {
  const alike = new Map<string, RecordedVerdict & { readonly fields: string[] }>();
  for (const one of verdicts) {
    const { disclosure, reason, rule } = one.verdict;
    const items = under(one);
    const key = [disclosure, reason, rule, ...items].join(" ");
    const known = alike.get(key);
    if (known !== undefined) known.fields.push(one.field.name);
    else {
      const stage = stageOf(bound.policy, rule);
      alike.set(key, { fields: [one.field.name], disclosure, reason, rule, stage, under: items });
    }
  }
  for (const { fields } of alike.values()) fields.sort();
  return [...alike.values()];
}

function classInClear(verdicts: readonly FieldVerdict[]): "SENSITIVE" | "PRIVATE" | null {
  let highest: "SENSITIVE" | "PRIVATE" | null = null;
  for (const { field, verdict } of verdicts) {
    if (verdict.disclosure !== "CLEAR" || field.classification === "PUBLIC") continue;
    if (field.classification === "PRIVATE") return "PRIVATE";
    highest = "SENSITIVE";
  }
  return highest;
}

function recordedRows(
  { type, concerns, rows }: Part,
  { decisions, referenceOf }: Reading,
): RecordedRows {
  const isCustomer = type.ownedBy === null && concerns.customer === "id";
  const { customer } = concerns;
  const attributesOfRows = rows.map(ruleAttributesOf);
  const ownNames = isCustomer ? [] : ownNamesOf(type, concerns);
  const own = isCustomer ? [] : attributesOfRows.map((values) => ownAttributes(values, ownNames));
  const isTraced = typeIn(decisions.bound.catalog, type.ownedBy?.type ?? type.name).attributes.has(
    CIRCUMSTANCES,
  );
  return {
    count: rows.length,
    ids: isCustomer ? [] : rows.map(({ id }) => id),
    customers:
      customer === null
        ? []
        : attributesOfRows.map((values) => referenceOf(textIn(values, customer))),
    circumstances: isTraced ? attributesOfRows.map((values) => textIn(values, CIRCUMSTANCES)) : [],
    own: own.some((values) => values !== null) ? own : [],
  };
}

/** Attributes that no other part of a record tells. */
function ownNamesOf(type: TypeDefinition, concerns: Concerns): string[] {
  const { customer, organisations, transfers } = concerns;
  const told = new Set(["id", customer, ...organisations, ...transfers]);
  return [...type.attributes.keys()].filter((name) => !told.has(name));
}

/** What was not loaded says nothing; the record stays readable. */
function textIn(values: AttributeValues, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

/** Attributes that were loaded, because a rule read them; where none was, nothing. */
function ownAttributes(
  values: AttributeValues,
  names: readonly string[],
): Readonly<Record<string, unknown>> | null {
  const loaded = names.filter((name) => values[name] !== undefined);
  if (loaded.length === 0) return null;
  return Object.fromEntries(loaded.map((name) => [name, values[name]]));
}
