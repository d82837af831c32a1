import { v7 as newId } from "uuid";
import { publicError } from "../errors.ts";
import { camelCase } from "../lib/camel-case.ts";
import { notedBefore } from "./named-change.ts";
import type { Orm } from "./orm.ts";
import { withUnitOfWork } from "./unit-of-work.ts";
import { FOR_UPDATE } from "./row-locks.ts";

/** A change of one customer that has been permitted and whose values are in their stored form. */
export interface CustomerChange {
  readonly customerId: string;
  /** Version that the change was made from. */
  readonly expectedVersion: number;
  readonly principalId: string;
  /** Names the change, so that a retry is not done twice; null for a change without a name. */
  readonly clientMutationId: string | null;
  /** Column to value. */
  readonly columns: Readonly<Record<string, string | null>>;
  /** Fields for the history: names, never values. */
  readonly changedFields: readonly string[];
  readonly now: Date;
}

/** Writes changes of customers; the only thing that the customers room asks of the unit of work. */
export interface CustomerChanges {
  /**
   * Writes a change with its event, or nothing where the same caller named it before.
   *
   * @throws VERSION_CONFLICT, IDEMPOTENCY_CONFLICT, NOT_FOUND, SERVICE_UNAVAILABLE
   */
  apply(change: CustomerChange): Promise<void>;
}

/** Makes the writer of changes on the ORM. */
export function createCustomerChanges(orm: Orm): CustomerChanges {
  return {
    apply: (change) =>
      withUnitOfWork(orm, async (em) => {
        const { customerId, expectedVersion, columns } = change;
        const content = [customerId, expectedVersion, columns];
        if ((await notedBefore(em, { ...change, content, entityId: customerId })) !== null) return;
        const customer = await em.findOne(
          orm.schemaOf("Customer"),
          { id: change.customerId },
          { lockMode: FOR_UPDATE },
        );
        if (customer === null) throw publicError("NOT_FOUND");
        if (customer["version"] !== change.expectedVersion) throw publicError("VERSION_CONFLICT");
        for (const [column, value] of Object.entries(change.columns)) {
          customer[camelCase(column)] = value;
        }
        customer["updatedAt"] = change.now;
        em.create(orm.schemaOf("CustomerEvent"), {
          customerId: change.customerId,
          id: newId(),
          kind: "UPDATED",
          occurredAt: change.now,
          changedFields: [...change.changedFields],
          source: `principal ${change.principalId}`,
        });
      }),
  };
}
