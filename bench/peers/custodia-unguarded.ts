// The product without policy: the same server, reader and GraphQL stack over a schema that nobody guards.
// Started by the benchmarks as a child, to tell policy from the rest; it must never serve anybody.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { fromRoot, productModule } from "../run/product.ts";
import { OpenReader, type OpenServices } from "./open-reader.ts";

interface SchemaField {
  resolve?: unknown;
}
interface SchemaType {
  readonly name: string;
  getFields?(): Record<string, SchemaField>;
}
interface Schema {
  getTypeMap(): Record<string, SchemaType>;
}
interface AskedField {
  readonly key: string;
  readonly name: string;
  readonly complete: ((value: unknown) => unknown) | null;
}
interface Field {
  readonly name: string;
  readonly shape: string;
  readonly isSealed: boolean;
}
type Catalog = ReadonlyMap<string, { readonly fields: ReadonlyMap<string, Field> }>;
type Row = Record<string, unknown>;
interface Context {
  /** True for the caller who reads sealed values in clear under the policy too. */
  readonly opens: boolean;
  readonly unsealer: { open(field: Field, row: Row): string };
}
interface AskedContext {
  readonly caller: { readonly id: string; readonly purpose: string | null };
  readonly now: Date;
  readonly requestId: string;
}
interface Services extends OpenServices {
  readonly unsealer: Context["unsealer"];
  readonly organisations: unknown;
  readonly api: { readonly catalog: Catalog };
}

/** The caller of W6, who has all customers of an organisation. */
const WHO_OPENS = "0192a000-0000-7000-8000-000000000300";

const require = createRequire(fromRoot("package.json"));
await import(pathToFileURL(require.resolve("reflect-metadata")).href);
const { RESOLVERS } = (await productModule("api.js")) as unknown as { RESOLVERS: object[] };
const { GUARDED_TYPES, loadCatalog } = (await productModule("catalog.js")) as unknown as {
  GUARDED_TYPES: object[];
  loadCatalog: () => Catalog;
};
const { createExecutor } = (await productModule("execution/executor.js")) as unknown as {
  createExecutor: (options: object) => unknown;
};
const { isPlain } = (await productModule("graphql/plain-types.js")) as unknown as {
  isPlain: (name: string) => boolean;
};
const { createApp } = (await productModule("app.js")) as unknown as {
  createApp: (options: object) => Promise<{ listen(): Promise<string>; close(): Promise<void> }>;
};
const { loadConfig } = (await productModule("config.js")) as unknown as {
  loadConfig: () => object;
};
const { buildSchemaSync } = (await import(pathToFileURL(require.resolve("type-graphql")).href)) as {
  buildSchemaSync: (options: object) => Schema;
};

const catalog = loadCatalog();
const app = await createApp({
  config: loadConfig(),
  seed: null,
  overrides: {
    api: openApi(),
    createContext: openContext,
    sink: { write: () => Promise.resolve() },
  },
});
console.log(`serves ${await app.listen()}`);
process.once("SIGTERM", () => void app.close().then(() => process.exit(0)));

/**
 * The schema and its executor with rows that nobody decides about: a writer, as the guard is one, writes what
 * stands on the row and lets every relation be followed.
 */
function openApi(): object {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    orphanedTypes: [...GUARDED_TYPES],
    validate: false,
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.getFields === undefined || !isPlain(type.name)) continue;
    for (const field of Object.values(type.getFields())) delete field.resolve;
  }
  const execute = createExecutor({
    schema,
    guardOf: (type: SchemaType) => {
      const definition = catalog.get(type.name);
      return definition === undefined ? null : openRows(definition.fields, type);
    },
  });
  return { catalog, schema, execute };
}

function openRows(fields: ReadonlyMap<string, Field>, type: SchemaType): object {
  const schemaFields = type.getFields?.() ?? {};
  return {
    roleOf: (name: string) => {
      if (name === "id") return "writes";
      const field = fields.get(name);
      if (field === undefined) return null;
      return field.shape === "relation" ? "passes" : "writes";
    },
    leadsTo: (name: string) =>
      fields.get(name)?.shape === "relation" ? schemaFields[name]?.resolve : undefined,
    prepare: (asked: readonly AskedField[]) => {
      const written = asked.map(({ key, name, complete }) => ({
        key,
        complete,
        read: readerOf(name, fields.get(name)),
      }));
      const follows = asked.map(() => true);
      return (context: Context) => ({
        write: ({ row, out }: { row: Row; out: Row }) => {
          for (const { key, complete, read } of written)
            if (complete !== null) out[key] = complete(read(row, context));
          return follows;
        },
      });
    },
  };
}

function readerOf(name: string, field: Field | undefined): (row: Row, context: Context) => unknown {
  if (field === undefined || !field.isSealed) return (row) => row[name];
  const [partial, coarse, exists] = ["partial", "coarse", "exists"].map(
    (part) => `${name}$${part}`,
  ) as [string, string, string];
  return (row, { opens, unsealer }) => {
    const sealed = row[name];
    if (sealed === null) return null;
    if (opens && sealed !== undefined) return unsealer.open(field, row);
    return row[partial] ?? row[coarse] ?? (row[exists] === true ? "******" : null);
  };
}

const NOTHING_RECORDED = { records: [], caller: null, isAwaited: false };

function openContext(services: Services, { caller, now, requestId }: AskedContext): object {
  return {
    requestId,
    caller,
    now,
    purpose: caller.purpose,
    catalog: services.api.catalog,
    organisations: services.organisations,
    unsealer: services.unsealer,
    opens: caller.id === WHO_OPENS,
    rows: new OpenReader(services, caller),
    decisions: { policyVersion: "off", lawPack: "off" },
    access: { entries: () => [] },
    journal: { close: () => NOTHING_RECORDED, refused: () => undefined },
  };
}
