import { type Answer, expectSame, type Path, plain } from "./answer.ts";
import type { AskerFacts } from "./facts.ts";
import { FIELDS } from "./fields.ts";
import { judge, type Judgement, judgeTransfer } from "./judge.ts";
import { Told } from "./told.ts";
import { isShownRight } from "./people.ts";
import type { AskedField } from "./read-answer.ts";
import { absenceOf, seesTransfer } from "./rows.ts";
import { Visible } from "./visible.ts";
import type { KnownCustomer, KnownEvent, KnownItem, KnownTransfer, World } from "./world.ts";

type Thing = Readonly<Record<string, unknown>>;
/** One thing asked for by its id. */
interface Single {
  readonly id: string;
  readonly root: string;
  readonly below: AskedField["below"];
  readonly path: Path;
  readonly value: unknown;
}

/** Compares one answer with what the reference says, field by field; `fields` counts them. */
export class Comparison {
  fields = 0;
  readonly #asker: AskerFacts;
  readonly #world: World;
  readonly #visible: Visible;
  readonly #told: Told;

  constructor(asker: AskerFacts, world: World, answer: Answer) {
    this.#asker = asker;
    this.#world = world;
    this.#visible = new Visible(asker, world);
    this.#told = new Told(asker, answer);
  }

  /** Compares a whole answer of a query. */
  compareQuery(asked: readonly AskedField[], data: Thing): void {
    for (const field of asked) this.#compareRoot(field, data[field.key], [field.key]);
    this.#told.expectNothingElse();
  }

  /** Compares the customer that a change gave back. */
  compareChanged(asked: readonly AskedField[], customer: Thing, path: Path): void {
    this.#customer(asked, customer, path);
    this.#told.expectNothingElse();
  }

  #compareRoot({ name, args, below }: AskedField, value: unknown, path: Path): void {
    switch (name) {
      case "customers":
        return this.#list({ below, path, value, args }, this.#visible.customers(), "Customer");
      case "transfers":
        return this.#list({ below, path, value, args }, this.#visible.transfers(), "Transfer");
      case "nodes":
        for (const [at, id] of (args["ids"] as string[]).entries()) {
          const one = (value as unknown[])[at];
          this.#single({ id, root: name, below, path: [...path, at], value: one });
        }
        return;
      case "customer":
      case "transfer":
      case "node":
        return this.#single({ id: args["id"] as string, root: name, below, path, value });
      case "__typename":
        return;
      default:
        throw new Error(`The reference knows no ${name}.`);
    }
  }

  #single({ id, root, below, path, value }: Single): void {
    const absence = this.#isOfRoot(id, root) ? this.#visible.absenceOf(id) : "NOT_FOUND";
    if (absence === null) {
      this.#expect([...path, "id"], (value as Thing | null)?.["id"], id);
      return this.#object(below, value as Thing, path);
    }
    this.#expect(path, value, null);
    this.#told.expectError(path, absence);
  }

  #isOfRoot(id: string, root: string): boolean {
    if (root === "customer") return this.#world.customers.has(id);
    return root !== "transfer" || this.#world.transfers.has(id);
  }

  #object(below: AskedField["below"], value: Thing, path: Path): void {
    const type = String(value["__typename"]);
    const asked = below(type);
    if (type === "Customer") this.#customer(asked, value, path);
    else if (type === "Transfer") this.#transfer(asked, value, path);
    else if (type === "TransferItem") this.#item(asked, value, path);
    else if (type === "CustomerEvent") this.#event(asked, value, path);
    else throw new Error(`The reference knows no ${type}.`);
  }

  #customer(asked: readonly AskedField[], value: Thing, path: Path): void {
    const customer = this.#world.customers.get(String(value["id"])) as KnownCustomer;
    this.#expect(path, absenceOf(this.#asker, customer), null);
    const judgeOf = (name: string): Judgement | null => {
      const field = FIELDS["Customer"]?.get(name);
      return field === undefined ? null : judge(field, this.#asker, customer);
    };
    this.#fieldsOf({ asked, value, path, judgeOf }, (field, shown, judgement, at) => {
      const { level } = judgement;
      const isOpen = level === "CLEAR";
      if (field.name === "controller")
        return this.#expect(
          at,
          (shown as Thing | null)?.["id"] ?? null,
          isOpen ? customer.controller : null,
        );
      if (field.name === "events" || field.name === "transfers") {
        if (!isOpen) return this.#expect(at, shown, null);
        const isEvents = field.name === "events";
        const things = isEvents
          ? this.#visible.eventsOf(customer)
          : this.#visible.transfersOf(customer);
        return this.#list(
          { ...field, path: at, value: shown },
          things,
          isEvents ? "CustomerEvent" : "Transfer",
        );
      }
      if (field.name in customer.clear)
        return this.#expect(at, plain(shown), isOpen ? plain(customer.clear[field.name]) : null);
      if (!isShownRight(shown, { person: customer.person, field: field.name, level }))
        this.#expect(at, shown, level);
    });
  }

  #event(asked: readonly AskedField[], value: Thing, path: Path): void {
    const event = this.#world.events.get(String(value["id"])) as KnownEvent;
    const customer = this.#world.customers.get(event.customer) as KnownCustomer;
    const judgeOf = (name: string): Judgement | null => {
      const field = FIELDS["CustomerEvent"]?.get(name);
      return field === undefined ? null : judge(field, this.#asker, customer);
    };
    this.#fieldsOf({ asked, value, path, judgeOf }, ({ name }, shown, { level }, at) => {
      if (level === "EXISTS")
        return this.#expect(at, shown, event.clear[name] === null ? null : "******");
      const isKnown = (field: string): boolean => {
        const facts = FIELDS["Customer"]?.get(field);
        return facts !== undefined && judge(facts, this.#asker, customer).level !== "NONE";
      };
      const whole = event.clear[name];
      const clear = name === "changedFields" ? (whole as string[]).filter(isKnown) : whole;
      this.#expect(at, plain(shown), level === "CLEAR" ? plain(clear) : null);
    });
  }

  #transfer(asked: readonly AskedField[], value: Thing, path: Path): void {
    const transfer = this.#world.transfers.get(String(value["id"])) as KnownTransfer;
    this.#expect(path, seesTransfer(this.#asker, transfer), true);
    const judgeOf = (name: string): Judgement | null => {
      const field = FIELDS["Transfer"]?.get(name);
      return field === undefined ? null : judgeTransfer(field, this.#asker);
    };
    this.#fieldsOf({ asked, value, path, judgeOf }, (field, shown, { level }, at) => {
      const isOpen = level === "CLEAR";
      if (field.name === "transferor" || field.name === "transferee")
        return this.#expect(
          at,
          (shown as Thing | null)?.["id"] ?? null,
          isOpen ? transfer[field.name] : null,
        );
      if (field.name === "items" && isOpen)
        return this.#list(
          { ...field, path: at, value: shown },
          this.#visible.itemsOf(transfer),
          "TransferItem",
        );
      this.#expect(at, plain(shown), isOpen ? plain(transfer.clear[field.name]) : null);
    });
  }

  #item(asked: readonly AskedField[], value: Thing, path: Path): void {
    const item = this.#world.items.get(String(value["id"])) as KnownItem;
    const judgeOf = (name: string): Judgement | null => {
      const field = FIELDS["TransferItem"]?.get(name);
      return field === undefined ? null : judgeTransfer(field, this.#asker);
    };
    this.#fieldsOf({ asked, value, path, judgeOf }, (field, shown, { level }, at) => {
      const isOpen = level === "CLEAR";
      if (field.name !== "customer" && field.name !== "transfer")
        return this.#expect(at, plain(shown), isOpen ? plain(item.clear[field.name]) : null);
      const id = item[field.name];
      if (!isOpen || this.#visible.absenceOf(id) !== null) return this.#expect(at, shown, null);
      this.#expect([...at, "id"], (shown as Thing | null)?.["id"], id);
      this.#object(field.below, shown as Thing, at);
    });
  }

  #fieldsOf(
    {
      asked,
      value,
      path,
      judgeOf,
    }: {
      asked: readonly AskedField[];
      value: Thing;
      path: Path;
      judgeOf: (name: string) => Judgement | null;
    },
    compare: (field: AskedField, shown: unknown, judgement: Judgement, path: Path) => void,
  ): void {
    for (const field of asked) {
      const at = [...path, field.key];
      if (field.name === "access") {
        for (const told of value[field.key] as Thing[]) this.#told.expectAccess(told, judgeOf, at);
        continue;
      }
      const judgement = judgeOf(field.name);
      if (judgement === null) continue;
      this.fields++;
      this.#told.expectEntry(judgement, at);
      compare(field, value[field.key], judgement, at);
    }
  }

  /** A connection, in which `things` are to be found in their order. */
  #list(
    {
      below,
      path,
      value,
      args,
    }: { below: AskedField["below"]; path: Path; value: unknown; args: Thing },
    things: readonly { readonly id: string }[],
    type: string,
  ): void {
    const first = (args["first"] as number | undefined) ?? 20;
    const page = things.slice(0, first);
    const list = value as Thing;
    for (const part of below(`${type}Connection`)) {
      const shown = list[part.key];
      const at = [...path, part.key];
      if (part.name === "totalCount") this.#expect(at, shown, things.length);
      if (part.name === "pageInfo") this.#pageInfo(part, shown as Thing, at, things.length > first);
      if (part.name !== "nodes" && part.name !== "edges") continue;
      this.#expect(at, (shown as unknown[]).length, page.length);
      for (const [n, { id }] of page.entries())
        this.#element({ part, shown: (shown as Thing[])[n] as Thing, path: [...at, n], id, type });
    }
  }

  #pageInfo(part: AskedField, shown: Thing, path: Path, hasNextPage: boolean): void {
    for (const { name, key } of part.below("PageInfo"))
      if (name === "hasNextPage") this.#expect([...path, key], shown[key], hasNextPage);
  }

  #element({
    part,
    shown,
    path,
    id,
    type,
  }: {
    part: AskedField;
    shown: Thing;
    path: Path;
    id: string;
    type: string;
  }): void {
    if (part.name === "nodes") {
      this.#expect([...path, "id"], shown["id"], id);
      return this.#object(part.below, shown, path);
    }
    for (const { name, key, below } of part.below(`${type}Edge`)) {
      if (name !== "node") continue;
      this.#expect([...path, key, "id"], (shown[key] as Thing)["id"], id);
      this.#object(below, shown[key] as Thing, [...path, key]);
    }
  }

  #expect(path: Path, shown: unknown, wanted: unknown): void {
    expectSame({ asker: this.#asker, path, shown, wanted });
  }
}
