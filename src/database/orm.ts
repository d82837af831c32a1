import type { EntitySchema } from "@mikro-orm/postgresql";
import type { Catalog } from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import type { StoredRow } from "./entity-schema.ts";
import type { Mikro } from "./mikro.ts";

/** The ORM, for writes of single rows; see `withUnitOfWork`. */
export interface Orm {
  /** Loads it, which takes a quarter of a second: most of a server's life is reading, and its start too. */
  readonly open: () => Promise<Mikro>;
  /** The entity of a guarded type, for `em.findOne`, `em.create` and the like; once it is open. */
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

/** Names the ORM, which is loaded and connects at the first write. */
export function createOrm(options: OrmOptions): Orm {
  let opened: Mikro | null = null;
  let opening: Promise<Mikro> | null = null;
  const load = async (): Promise<Mikro> => {
    const { createMikro } = await import("./mikro.ts");
    return (opened = createMikro(options));
  };
  return {
    open: () => (opening ??= load()),
    schemaOf(type) {
      invariant(opened !== null, "the ORM is open within a unit of work");
      const schema = opened.schemas.get(type);
      invariant(schema !== undefined, `${type} is no guarded type`);
      return schema;
    },
    close: async () => {
      if (opening !== null) await (await opening).mikro.close();
    },
  };
}
