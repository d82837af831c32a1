import DataLoader from "dataloader";
import type { FieldDefinition } from "../classification/catalog.ts";
import type { LookupLedger, Overrun, Spender } from "../database/lookup-ledger.ts";
import type { CountRequest } from "../database/read-statements.ts";
import { publicError } from "../errors.ts";
import type { Decisions } from "../policy/decisions.ts";
import { digestOf } from "./page-request.ts";
import type { Lookup } from "./read-predicates.ts";

/** Digest of what a caller asked about a field; never the value and never its blind index. */
export type DigestOfLookup = (asked: {
  principalId: string;
  field: FieldDefinition;
  /** `denied` digests are of whole filters. */
  kind: "value" | "denied";
  text: string;
}) => Buffer;

/** What the budget of one request needs. */
export interface LookupBudgetServices {
  readonly ledger: LookupLedger;
  readonly decisions: Decisions;
  readonly spender: Spender;
  /** Time of the request. */
  readonly now: Date;
  readonly digestOf: DigestOfLookup;
  /** Hears of the first overrun of a window, which has become an alert. */
  readonly onAlert: (overrun: Overrun) => void;
}

interface Charge {
  readonly request: CountRequest;
  readonly lookups: readonly Lookup[];
}

/**
 * What the caller of one request may still find out by looking sealed values up. Charged before the
 * read is sent; all lookups of one tick are charged in one statement, together or not at all.
 */
export class LookupBudget {
  readonly #services: LookupBudgetServices;
  readonly #charges = new Map<string, DataLoader<Charge, void>>();

  constructor(services: LookupBudgetServices) {
    this.#services = services;
  }

  /**
   * Counts what a filter looks up. The refusal is the same whether the values exist or not.
   *
   * @param action under which the rows are read, for their row condition
   * @throws INFERENCE_BUDGET_SPENT, SERVICE_UNAVAILABLE
   */
  async charge(action: string, charge: Charge): Promise<void> {
    if (charge.lookups.length === 0) return;
    const key = `${action} ${charge.request.type.name}`;
    let loader = this.#charges.get(key);
    if (loader === undefined) {
      loader = new DataLoader((charges) => this.#spend(charges), { cache: false });
      this.#charges.set(key, loader);
    }
    await loader.load(charge);
  }

  /** Counts a filter that was refused; nothing comes of it but an alert after a series of them. */
  async noteDenied(field: FieldDefinition, filter: unknown): Promise<void> {
    const { ledger, decisions, spender, now } = this.#services;
    const digest = this.#services.digestOf({
      principalId: spender.id,
      field,
      kind: "denied",
      text: digestOf(filter),
    });
    const limitsOf = (of: FieldDefinition) =>
      decisions.lookupLimits(of).filter(({ measure }) => measure === "denied-filters");
    this.#tell(await ledger.noteDenied({ spender, now, denied: { field, digest }, limitsOf }));
  }

  async #spend(charges: readonly Charge[]): Promise<void[]> {
    const { ledger, decisions, spender, now } = this.#services;
    const [first] = charges;
    if (first === undefined) return [];
    const overruns = await ledger.spend({
      spender,
      now,
      request: first.request,
      lookups: this.#onceEach(charges.flatMap(({ lookups }) => lookups)),
      limitsOf: (field) =>
        decisions.lookupLimits(field).filter(({ measure }) => measure !== "denied-filters"),
    });
    this.#tell(overruns);
    if (overruns.length > 0) throw refusalOf(overruns, now);
    return charges.map(() => undefined);
  }

  /** A value that is asked for twice counts once, however it is written. */
  #onceEach(lookups: readonly Lookup[]) {
    const { digestOf: digestOfLookup, decisions, spender } = this.#services;
    const distinct = lookups.map(({ field, value, indexes }) => {
      const principalId = spender.id;
      const digest = digestOfLookup({ principalId, field, kind: "value", text: value });
      return { field, digest, indexes, readable: decisions.fieldPlan(field).clearWhen };
    });
    const byDigest = new Map(
      distinct.map((one) => [`${one.field.name} ${one.digest.toString("hex")}`, one]),
    );
    return [...byDigest.values()];
  }

  #tell(overruns: readonly Overrun[]): void {
    for (const overrun of overruns) if (overrun.alertId !== null) this.#services.onAlert(overrun);
  }
}

/** Says which field and when to come back, and not which of the limits it was. */
function refusalOf(overruns: readonly Overrun[], now: Date): Error {
  const [field = ""] = overruns.map((overrun) => overrun.field.split(".")[1]);
  const times = overruns.map(({ freeAt }) => freeAt?.getTime() ?? null);
  const isNever = times.includes(null);
  const latest = Math.max(...times.map((time) => time ?? 0));
  const retryAfterSeconds = isNever ? null : Math.ceil((latest - now.getTime()) / 1_000);
  return publicError("INFERENCE_BUDGET_SPENT", { field, retryAfterSeconds });
}
