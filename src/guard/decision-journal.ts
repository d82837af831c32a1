import { v7 as newId, validate as isUuid } from "uuid";
import { type CallerState, callerState } from "../audit/caller-state.ts";
import type { ClosedRecords } from "../audit/decision-log.ts";
import {
  type DecisionRecord,
  NO_ROWS,
  type RecordedAction,
  type RecordedRows,
  type RecordedVerdict,
} from "../audit/decision-record.ts";
import type { FieldDefinition } from "../classification/catalog.ts";
import type { Row } from "../database/read-request.ts";
import type { ErrorCode } from "../errors.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { Verb } from "../policy/rule.ts";
import type { CustomerReferences } from "../sealing/customer-reference.ts";
import { stageOf } from "../policy/decision-entry.ts";
import { nonceSource } from "../sealing/nonces.ts";
import { recordedReads, recordedRow } from "./recorded-reads.ts";
import { type DecidedFields, RowVerdicts } from "./row-verdicts.ts";

/** Ids are no secret, and there is one for every record: their chance is drawn in blocks. */
const randomOfId = nonceSource(16);
/** Ids of one millisecond are in the order in which they were given (RFC 9562 section 6.2, method 1). */
let idsGiven = 0;

function newRecordId(): string {
  idsGiven = (idsGiven + 1) >>> 0;
  return newId({ random: randomOfId(), msecs: Date.now(), seq: idsGiven });
}

/** What a journal has to know of its request. */
export interface JournalOf {
  readonly requestId: string;
  /** Time of the request (UTC). */
  readonly now: Date;
  readonly decisions: Decisions;
  readonly references: CustomerReferences;
}

/** What one record says beside who asked, and when. */
export interface Entry {
  readonly action: RecordedAction;
  readonly type?: string | null;
  readonly verdicts?: readonly RecordedVerdict[];
  readonly rows?: RecordedRows;
  readonly concerned?: readonly string[];
  readonly transfers?: readonly string[];
  readonly clear?: DecisionRecord["clear"];
  readonly refusal?: ErrorCode | null;
  readonly about?: DecisionRecord["about"];
}

/** By which fields rows were asked for. */
export interface AskedBy {
  readonly action: "FILTER" | "SORT" | "GROUP";
  readonly type: string;
  readonly filter: readonly FieldDefinition[];
  readonly sort?: readonly FieldDefinition[];
  readonly group?: readonly FieldDefinition[];
}

/** A verb on fields of a loaded row, and the code with which it was refused. */
export interface VerbOnRow {
  readonly verb: Verb;
  readonly row: Row;
  readonly fields: readonly string[];
  readonly refusal: ErrorCode | null;
  /** What else is said about it: words and ids, never a value. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * Everything that was decided while one request was answered. The guard tells it of every verdict on
 * every row; at the end it makes as few records of them as say it all.
 */
export class DecisionJournal {
  readonly #of: JournalOf;
  readonly #reads = new RowVerdicts();
  readonly #entries: Entry[] = [];
  readonly #refusals = new Set<ErrorCode>();
  #isAwaited = false;
  #classes: readonly ("SENSITIVE" | "PRIVATE")[] = [];

  constructor(of: JournalOf) {
    this.#of = of;
  }

  /** Fields of a row were decided, to be shown as the verdicts say. */
  read(row: Row, decided: DecidedFields): void {
    this.#reads.record(row, decided);
  }

  /** Rows were chosen, ordered or counted by fields: each of them was read for that, in clear. */
  asked({ action, type, filter, sort = [], group = [] }: AskedBy): void {
    const chosen = [...new Set([...filter, ...sort])];
    const known = [...new Set([...chosen, ...group])];
    if (known.length === 0 && action !== "GROUP") return;
    const { decisions } = this.#of;
    const verdicts = known.map((field): RecordedVerdict => {
      const { rule } = decisions.fieldPlan(field).best;
      const stage = stageOf(decisions.bound.policy, rule);
      const disclosure = chosen.includes(field) ? "CLEAR" : "COARSE";
      return { fields: [field.name], disclosure, reason: null, rule, stage, under: [] };
    });
    const names = (fields: readonly FieldDefinition[]): string[] => fields.map(({ name }) => name);
    const about = { filter: names(filter), sort: names(sort), group: names(group) };
    const clear = highestClass(chosen);
    // To find a sealed value is to be told it.
    this.#isAwaited ||= clear !== null;
    this.#add({ action, type, verdicts, clear, about, concerned: this.#served() });
  }

  /** Rows were not chosen or ordered by a field, because it may not be read in clear. */
  refusedPredicate(action: "FILTER" | "SORT" | "GROUP", field: FieldDefinition): void {
    const { rule } = this.#of.decisions.fieldPlan(field).best;
    const refusal: ErrorCode = `FIELD_${action}_FORBIDDEN`;
    const verdict: RecordedVerdict = {
      fields: [field.name],
      disclosure: "NONE",
      reason: refusal,
      rule,
      stage: stageOf(this.#of.decisions.bound.policy, rule),
      under: [],
    };
    const concerned = this.#served();
    this.#add({ action, type: field.type, verdicts: [verdict], refusal, concerned });
  }

  /** A row that was asked for by its id does not exist for the caller; whether it exists is not said. */
  missed({ type, id, refusal }: { type: string | null; id: string; refusal: ErrorCode }): void {
    const reference =
      type === null || type === "Customer" ? this.#of.references.referenceOf(id) : null;
    const ids = type === "Customer" || !isUuid(id) ? [] : [id];
    const rows: RecordedRows = {
      ...NO_ROWS,
      count: 1,
      ids,
      customers: reference === null ? [] : [reference],
    };
    this.#add({ action: "ROW", type, rows, refusal, concerned: this.#served() });
  }

  /** A verb was used on a row, or refused. */
  verbOn({ verb, row, fields, refusal, more }: VerbOnRow): void {
    const { decisions, references } = this.#of;
    const about = { verb, fields, ...more };
    const { __typename: type } = row;
    this.verb({ type, ...recordedRow(row, { decisions, references }), refusal, about });
  }

  /** A verb was used, or refused; what it did is not answered before it is on record. */
  verb(entry: Omit<Entry, "action">): void {
    this.#isAwaited ||= entry.refusal == null;
    this.#add({ ...entry, action: "VERB" });
  }

  /** A question about decisions was answered, or refused. */
  evaluated(entry: Omit<Entry, "action">): void {
    this.#add({ ...entry, action: "EVALUATE" });
  }

  /** The request as a whole was refused. */
  refused(refusal: ErrorCode, about: Entry["about"] = null): void {
    if (this.#refusals.has(refusal)) return;
    this.#add({ action: "REQUEST", refusal, about, concerned: this.#served() });
  }

  /** Makes the records. Once; what is told afterwards is not of this request. */
  close(operation: DecisionRecord["operation"]): ClosedRecords {
    const { decisions, references } = this.#of;
    const { caller } = decisions.bound;
    const reads = recordedReads({ groups: this.#reads.groups(), decisions, references });
    const state = stateOf(decisions, references);
    const base = { ...this.#base(), operation, state: state.digest };
    const records = withPlainQuestions(this.#entries, reads).map((entry) => recordOf(entry, base));
    this.#classes = [...new Set(reads.flatMap(({ clear }) => clear ?? []))];
    const isAwaited = this.#isAwaited || this.#classes.length > 0;
    return { records, caller: state, isAwaited: isAwaited && caller.kind !== "ANONYMOUS" };
  }

  /** Classes above PUBLIC of which a value was shown in clear; known once it is closed. */
  get classesInClear(): readonly ("SENSITIVE" | "PRIVATE")[] {
    return this.#classes;
  }

  /** True where the answer waits for nothing but values that it shows. */
  get isAwaitedForReadsOnly(): boolean {
    return !this.#isAwaited;
  }

  #add(entry: Entry): void {
    if (entry.refusal != null) this.#refusals.add(entry.refusal);
    this.#entries.push(entry);
  }

  /** Where no row says whom it concerns, it concerns all whom the caller serves. */
  #served(): readonly string[] {
    return this.#of.decisions.bound.caller.servedOrganisationIds;
  }

  #base(): Omit<Base, "operation" | "state"> {
    const { requestId, now, decisions } = this.#of;
    return { requestId, at: now.toISOString(), decisions };
  }
}

/** Rows were chosen by PUBLIC fields alone: that is said beside what was read of them, where anything was. */
function withPlainQuestions(entries: readonly Entry[], reads: readonly Entry[]): Entry[] {
  const isPlain = ({ action, refusal, clear, type }: Entry): boolean =>
    (action === "FILTER" || action === "SORT") &&
    refusal == null &&
    clear == null &&
    reads.some((read) => read.type === type);
  const plain = entries.filter(isPlain);
  if (plain.length === 0) return [...entries, ...reads];
  const answered = reads.map((read) => {
    const asked = plain.filter(({ type }) => type === read.type).map(({ about }) => about);
    return asked.length === 0 ? read : { ...read, about: { asked } };
  });
  return [...entries.filter((entry) => !isPlain(entry)), ...answered];
}

interface Base {
  readonly requestId: string;
  readonly at: string;
  readonly decisions: Decisions;
  readonly operation: DecisionRecord["operation"];
  readonly state: string;
}

function recordOf(
  entry: Entry,
  { requestId, at, decisions, operation, state }: Base,
): DecisionRecord {
  const { caller } = decisions.bound;
  const { id, organisationId } = caller;
  const concerned = [
    ...(entry.concerned ?? []),
    ...(organisationId === "" ? [] : [organisationId]),
  ];
  return {
    v: 1,
    id: newRecordId(),
    at,
    request: requestId,
    operation,
    action: entry.action,
    type: entry.type ?? null,
    caller: {
      id: id === "" ? null : id,
      organisationId: organisationId === "" ? null : organisationId,
      roles: caller.roles,
      caseCodes: caller.caseCodes,
      tokenId: caller.tokenId === "" ? null : caller.tokenId,
      state,
    },
    purpose: caller.purpose,
    policyVersion: decisions.policyVersion,
    lawPack: decisions.lawPack,
    concerned: [...new Set(concerned)].sort(),
    transfers: entry.transfers ?? [],
    verdicts: entry.verdicts ?? [],
    rows: entry.rows ?? NO_ROWS,
    clear: entry.clear ?? null,
    refusal: entry.refusal ?? null,
    about: entry.about ?? null,
  };
}

/** Decisions are kept for a caller and a second, and so is what is to be said of the caller. */
const states = new WeakMap<Decisions, CallerState>();

function stateOf(decisions: Decisions, references: CustomerReferences): CallerState {
  const known =
    states.get(decisions) ??
    callerState(decisions.bound.caller, (id) => references.referenceOf(id));
  states.set(decisions, known);
  return known;
}

/** The highest class above PUBLIC among fields. */
function highestClass(fields: readonly FieldDefinition[]): DecisionRecord["clear"] {
  if (fields.some(({ classification }) => classification === "PRIVATE")) return "PRIVATE";
  return fields.some(({ classification }) => classification === "SENSITIVE") ? "SENSITIVE" : null;
}
