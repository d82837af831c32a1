import { type EntitySchema, MikroORM } from "@mikro-orm/postgresql";
import type { Catalog } from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import { entitySchemaOf, type StoredRow } from "./entity-schema.ts";
import { reclaimLostConnections } from "./lost-connections.ts";

/** The ORM, for writes of single rows; see `withUnitOfWork`. */
export interface Orm {
  readonly mikro: MikroORM;
  /** The entity of a guarded type, for `em.findOne`, `em.create` and the like. */
  readonly schemaOf: (type: string) => EntitySchema<StoredRow>;
  readonly close: () => Promise<void>;
}

/** How the ORM reaches the database. */
export interface OrmOptions {
  readonly url: string;
  readonly catalog: Catalog;
  /** Connections at most. */
  readonly poolMax?: number;
  /** How long a write waits for a free connection. */
  readonly connectTimeoutMs?: number;
  /** How long one statement may run. */
  readonly statementTimeoutMs?: number;
}

/** Builds the ORM from the catalog. It connects at the first write, and never makes a schema. */
export function createOrm({
  url,
  catalog,
  poolMax = 4,
  connectTimeoutMs = 5_000,
  statementTimeoutMs = 10_000,
}: OrmOptions): Orm {
  const schemas = new Map([...catalog.values()].map((type) => [type.name, entitySchemaOf(type)]));
  const mikro = new MikroORM({
    entities: [...schemas.values()],
    clientUrl: url,
    pool: { min: 0, max: poolMax },
    driverOptions: {
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      onPoolCreated: reclaimLostConnections,
    },
    // Named here so that MIKRO_ORM_DEBUG in the environment can't log statements with their values.
    debug: false,
  });
  return {
    mikro,
    schemaOf(type) {
      const schema = schemas.get(type);
      invariant(schema !== undefined, `${type} is no guarded type`);
      return schema;
    },
    close: () => mikro.close(),
  };
}
