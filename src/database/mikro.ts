import {
  type EntitySchema,
  MikroORM,
  OptimisticLockError,
  ValidationError,
} from "@mikro-orm/postgresql";
import { entitySchemaOf, type StoredRow } from "./entity-schema.ts";
import { reclaimLostConnections } from "./lost-connections.ts";
import type { OrmOptions } from "./orm.ts";

/** MikroORM with the entities of all guarded types. */
export interface Mikro {
  readonly mikro: MikroORM;
  readonly schemas: ReadonlyMap<string, EntitySchema<StoredRow>>;
  /** `LOCK`: another transaction changed the row. `THEIRS`: its message may repeat a value. */
  readonly kindOf: (error: unknown) => "LOCK" | "THEIRS" | null;
}

/** Builds the ORM from the catalog. It connects at the first write, and never makes a schema. */
export function createMikro({
  url,
  catalog,
  poolMax = 4,
  connectTimeoutMs = 5_000,
  statementTimeoutMs = 10_000,
}: OrmOptions): Mikro {
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
  return { mikro, schemas, kindOf };
}

function kindOf(error: unknown): "LOCK" | "THEIRS" | null {
  if (error instanceof OptimisticLockError) return "LOCK";
  // A validation error of the ORM repeats the value that it refuses.
  return error instanceof ValidationError ? "THEIRS" : null;
}
