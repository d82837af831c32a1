import type { AskerFacts } from "./facts.ts";
import { absenceOf, seesItem, seesTransfer } from "./rows.ts";
import type { KnownCustomer, KnownEvent, KnownItem, KnownTransfer, World } from "./world.ts";

/** What of the world is there for an asker, in the order of lists. */
export class Visible {
  readonly #asker: AskerFacts;
  readonly #world: World;

  constructor(asker: AskerFacts, world: World) {
    this.#asker = asker;
    this.#world = world;
  }

  /** Why something is not there; null where it is. */
  absenceOf(id: string): string | null {
    const customer = this.#world.customers.get(id);
    if (customer !== undefined) return absenceOf(this.#asker, customer);
    const transfer = this.#world.transfers.get(id);
    return transfer !== undefined && seesTransfer(this.#asker, transfer) ? null : "NOT_FOUND";
  }

  customers(): KnownCustomer[] {
    return [...this.#world.customers.values()].filter(({ id }) => this.absenceOf(id) === null);
  }

  transfers(): KnownTransfer[] {
    return [...this.#world.transfers.values()].filter(({ id }) => this.absenceOf(id) === null);
  }

  itemsOf({ id }: KnownTransfer): KnownItem[] {
    return this.#items().filter(({ transfer }) => transfer === id);
  }

  /** Transfers in which the customer has a place that the asker sees. */
  transfersOf({ id }: KnownCustomer): KnownTransfer[] {
    const places = this.#items().filter(({ customer }) => customer === id);
    return this.transfers().filter((one) => places.some(({ transfer }) => transfer === one.id));
  }

  eventsOf({ id }: KnownCustomer): KnownEvent[] {
    return [...this.#world.events.values()].filter(({ customer }) => customer === id);
  }

  #items(): KnownItem[] {
    return [...this.#world.items.values()].filter((item) => seesItem(this.#asker, item));
  }
}
