import type { Pool } from "pg";
import { v7 as newId } from "uuid";
import type { Catalog, FieldDefinition } from "../classification/catalog.ts";
import type { Condition } from "../policy/condition.ts";
import type { BudgetLimit, BudgetMeasure } from "../policy/rule.ts";
import { findingsOf } from "./lookup-findings.ts";
import type { CountRequest } from "./read-statements.ts";
import { createRunner } from "./run-statement.ts";
import { SqlParameters } from "./sql-parameters.ts";

/** Who spends, and whose people are told when it is too much. */
export interface Spender {
  readonly id: string;
  readonly name: string;
  readonly organisationId: string;
  /** The organisation itself, and those for which the spender works. */
  readonly concernedIds: readonly string[];
}

/** A value that is about to be looked up. */
export interface SpentLookup {
  readonly field: FieldDefinition;
  readonly digest: Buffer;
  readonly indexes: readonly Buffer[];
  /** Rows on which the spender reads the field in clear; a value elsewhere is a failed probe. */
  readonly readable: Condition;
}

/** A filter that was refused. */
export interface DeniedFilter {
  readonly field: FieldDefinition;
  readonly digest: Buffer;
}

/** Limits of the fields that something is spent on. */
export type LimitsOf = (field: FieldDefinition) => readonly BudgetLimit[];

/** A limit that what was asked goes over. */
export interface Overrun {
  /** Type and name, such as `Customer.idNumber`. */
  readonly field: string;
  readonly kind: AlertKind;
  readonly minutes: number;
  readonly counted: number;
  readonly allowed: number;
  /** When as much can be asked again; null where the window never has so much. */
  readonly freeAt: Date | null;
  /** Id of the alert where this is the first one of its window. */
  readonly alertId: string | null;
}

/** What alerts are about. */
export type AlertKind = "LOOKUPS" | "FAILED_PROBES" | "DENIED_FILTERS";

const KINDS: Readonly<Record<BudgetMeasure, AlertKind>> = {
  lookups: "LOOKUPS",
  "failed-probes": "FAILED_PROBES",
  "denied-filters": "DENIED_FILTERS",
};

/** Counts what callers find out by looking sealed values up, for all nodes together. */
export interface LookupLedger {
  /**
   * Counts all lookups, or none of them where a limit would be gone over; in one statement, which
   * holds before anything is read. A value that lies on no row which the spender sees and reads the
   * field of is a failed probe.
   *
   * @returns the limits that were gone over; empty where the lookups may be answered
   * @throws SERVICE_UNAVAILABLE: what can't be counted isn't answered
   */
  spend(spending: {
    spender: Spender;
    now: Date;
    request: CountRequest;
    lookups: readonly SpentLookup[];
    limitsOf: LimitsOf;
  }): Promise<Overrun[]>;
  /** Counts a filter that was refused, for the alert at the end of a series of them. */
  noteDenied(noting: {
    spender: Spender;
    now: Date;
    denied: DeniedFilter;
    limitsOf: LimitsOf;
  }): Promise<Overrun[]>;
}

/** Makes the ledger on a pool of the primary database. */
export function createLookupLedger({
  pool,
  catalog,
  onStatement,
}: {
  pool: Pool;
  catalog: Catalog;
  /** Hears the text of statements that read guarded tables; for tests that count them. */
  onStatement?: ((sql: string) => void) | undefined;
}): LookupLedger {
  const run = createRunner({ pool, ...(onStatement === undefined ? {} : { onStatement }) });
  const note = createRunner({ pool });
  return {
    async spend({ spender, now, request, lookups, limitsOf }) {
      const parameters = new SqlParameters();
      const { found, outcomes } = findingsOf({ catalog, request, lookups, parameters });
      const call = callOf({ spender, now, entries: lookups, outcomes, limitsOf, parameters });
      const rows = await run({ text: `${found} ${call}`, values: parameters.values });
      return rows.map(overrunIn);
    },

    async noteDenied({ spender, now, denied, limitsOf }) {
      const parameters = new SqlParameters();
      const outcomes = parameters.add(["DENIED"], "text[]");
      const call = callOf({ spender, now, entries: [denied], outcomes, limitsOf, parameters });
      return (await note({ text: call, values: parameters.values })).map(overrunIn);
    },
  };
}

function callOf({
  spender,
  now,
  entries,
  outcomes,
  limitsOf,
  parameters,
}: {
  spender: Spender;
  now: Date;
  entries: readonly DeniedFilter[];
  outcomes: string;
  limitsOf: LimitsOf;
  parameters: SqlParameters;
}): string {
  const fields = [...new Set(entries.map(({ field }) => field))];
  const limits = fields.flatMap((field) =>
    limitsOf(field).map((limit) => ({ ...limit, field: nameOf(field) })),
  );
  const given = [
    parameters.add(spender.id, "uuid"),
    parameters.add(now, "timestamptz"),
    parameters.add(
      entries.map(({ field }) => nameOf(field)),
      "text[]",
    ),
    parameters.add(
      entries.map(({ digest }) => digest),
      "bytea[]",
    ),
    outcomes,
    parameters.add(
      limits.map(({ field }) => field),
      "text[]",
    ),
    parameters.add(
      limits.map(({ measure }) => KINDS[measure]),
      "text[]",
    ),
    parameters.add(
      limits.map(({ minutes }) => minutes),
      "integer[]",
    ),
    parameters.add(
      limits.map(({ most }) => most),
      "integer[]",
    ),
    parameters.add(
      limits.map(() => newId()),
      "uuid[]",
    ),
    parameters.add(spender.name, "text"),
    parameters.add(spender.organisationId, "uuid"),
    parameters.add(spender.concernedIds, "uuid[]"),
  ];
  return `select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert from spend_lookups(${given.join(", ")})`;
}

function nameOf({ type, name }: FieldDefinition): string {
  return `${type}.${name}`;
}

function overrunIn(row: readonly unknown[]): Overrun {
  const [field, kind, minutes, counted, allowed, freeAt, alertId] = row;
  return {
    field: field as string,
    kind: kind as AlertKind,
    minutes: minutes as number,
    counted: counted as number,
    allowed: allowed as number,
    freeAt: freeAt as Date | null,
    alertId: alertId as string | null,
  };
}
