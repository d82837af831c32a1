import { residentNumber } from "../../seeds/check-digits.ts";
import { canaryId, dig, insertCanaries } from "./canaries.ts";
import { FULL_RECORD } from "./customer-world.ts";
import { type Answered, startTestServer, type TestServer } from "./start-test-server.ts";
import { TEMPLATE_NOW } from "./template.ts";

/** An authority's officer, who looks up identity numbers of the customers whom an approved case names. */
export const LIAISON = "gov-liaison";

/** What policies/budgets.yaml gives outsiders. */
export const FAILED_PER_HOUR = 10;
export const FAILED_PER_DAY = 30;
export const LOOKUPS_PER_HOUR = 30;

export const SPENT = "INFERENCE_BUDGET_SPENT";

/** Identity numbers of customers whom the case names, one more than an hour allows. */
export const NAMED = Array.from({ length: LOOKUPS_PER_HOUR + 1 }, (_, at) =>
  residentNumber(`3502031990${String(1201 + at)}008`),
);
/** Of a customer of the same company whom the case does not name. */
export const HIDDEN = residentNumber("35020319851201008");
/** Of nobody. */
export const NOBODYS = residentNumber("35020319861201008");

export const LIST = "query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }";

export const looking = (value: string): object => ({ idNumber: { eq: value } });
export const unknownNumber = (at: number): string => `guess ${at}`;

/** How many it found, or the code of the refusal. */
export function outcomeOf({ body }: Answered): unknown {
  return body.errors?.[0]?.extensions["code"] ?? dig(body.data, "customers", "totalCount");
}

/** Two nodes on one database, with a clock that the test moves. */
export class LookupWorld {
  now = TEMPLATE_NOW;
  #server: TestServer | null = null;
  #other: TestServer | null = null;

  get server(): TestServer {
    if (this.#server === null) throw new Error("The world has not begun.");
    return this.#server;
  }

  get other(): TestServer {
    if (this.#other === null) throw new Error("The world has not begun.");
    return this.#other;
  }

  async begin(): Promise<void> {
    this.#server = await startTestServer({ now: () => this.now });
    this.#other = await startTestServer({ now: () => this.now, beside: this.#server });
    await insertCanaries(this.#server, [
      ...NAMED.map((idNumber, at) => ({
        id: canaryId(900 + at),
        record: { ...FULL_RECORD, customerNo: `BUDGET-${at}`, idNumber, birthDate: null },
        columns: { case_codes: ["DISCLOSURE-2026-001"] },
      })),
      {
        id: canaryId(950),
        record: { ...FULL_RECORD, customerNo: "BUDGET-HIDDEN", idNumber: HIDDEN, birthDate: null },
      },
    ]);
  }

  /** Nobody has asked anything yet. */
  async reset(): Promise<void> {
    this.now = TEMPLATE_NOW;
    await this.sql("truncate lookup_budget, lookup_seen, security_alert");
  }

  async end(): Promise<void> {
    await this.#other?.close();
    await this.#server?.close();
  }

  passMinutes(minutes: number): void {
    this.now = new Date(TEMPLATE_NOW.getTime() + minutes * 60_000);
  }

  async sql(text: string): Promise<Record<string, unknown>[]> {
    const { rows } = await this.server.app.services.database.pool.query(text);
    return rows as Record<string, unknown>[];
  }

  ask(filter: object, { node = this.server, query = LIST } = {}): Promise<Answered> {
    return node.ask(LIAISON, query, { variables: { filter } });
  }

  /** Outcomes of so many values that nobody has, one after the other. */
  async miss(times: number, from = 0): Promise<unknown[]> {
    const outcomes: unknown[] = [];
    for (let at = from; at < from + times; at++)
      outcomes.push(outcomeOf(await this.ask(looking(unknownNumber(at)))));
    return outcomes;
  }
}
