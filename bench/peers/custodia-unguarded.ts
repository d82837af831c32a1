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
  getType(name: string): SchemaType;
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
  loadCatalog(): Catalog;
};
const { isPlain } = (await productModule("graphql/plain-types.js")) as unknown as {
  isPlain(name: string): boolean;
};
const { createApp } = (await productModule("app.js")) as unknown as {
  createApp(options: object): Promise<{ listen(): Promise<string>; close(): Promise<void> }>;
};
const { loadConfig } = (await productModule("config.js")) as unknown as { loadConfig(): object };
const { buildSchemaSync } = (await import(
  pathToFileURL(require.resolve("type-graphql")).href
)) as { buildSchemaSync(options: object): Schema };

const catalog = loadCatalog();
const app = await createApp({
  config: loadConfig(),
  seed: null,
  overrides: {
    api: { catalog, schema: openSchema() },
    createContext: openContext,
    sink: { write: () => Promise.resolve() },
  },
});
console.log(`serves ${await app.listen()}`);
process.once("SIGTERM", () => void app.close().then(() => process.exit(0)));

/** Every field is what stands on the row; relations are followed as they are. */
function openSchema(): Schema {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    orphanedTypes: [...GUARDED_TYPES],
    validate: false,
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.getFields === undefined || !isPlain(type.name)) continue;
    for (const field of Object.values(type.getFields())) delete field.resolve;
  }
  for (const [name, definition] of catalog) {
    for (const [fieldName, field] of Object.entries(schema.getType(name).getFields?.() ?? {})) {
      const declared = definition.fields.get(fieldName);
      if (fieldName === "id") delete field.resolve;
      if (declared === undefined || declared.shape === "relation") continue;
      if (!declared.isSealed) delete field.resolve;
      else field.resolve = resolveSealed(declared);
    }
  }
  return schema;
}

function resolveSealed(field: Field): (row: Row, args: unknown, context: Context) => unknown {
  const [partial, coarse, exists] = ["partial", "coarse", "exists"].map(
    (part) => `${field.name}$${part}`,
  ) as [string, string, string];
  return (row, _args, { opens, unsealer }) => {
    const sealed = row[field.name];
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
