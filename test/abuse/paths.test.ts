import { applyRendering } from "../../src/classification/rendering.ts";
import { existenceMask } from "../../src/classification/shape.ts";
import type { FieldDefinition } from "../../src/classification/catalog.ts";
import { type Verdict, verdictFor } from "../../src/policy/verdict.ts";
import {
  ASKERS,
  callerId,
  canaryId,
  type Canary,
  dig,
  insertCanaries,
  transferId,
} from "../support/canaries.ts";
import { FULL_RECORD } from "../support/customer-world.ts";
import { callerBut, CUSTOMER, decisionsOf } from "../support/policy-world.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

const TRANSFER = "TR-2026-005";

/** A customer whom as many callers as possible see, with a value in every field. */
const CANARY: Canary = {
  id: canaryId(1),
  record: { ...FULL_RECORD, customerNo: "CANARY-1" },
  columns: {
    assigned_agent_ids: [
      callerId("cs-agent"),
      callerId("cs-agent-untrained"),
      callerId("cs-agent-no-mfa"),
    ],
    rights_request_open: true,
    dispute_open: true,
    case_codes: ["DISCLOSURE-2026-001"],
  },
  transfer: { code: TRANSFER, state: "ELIGIBLE" },
};

const FIELDS = [...CUSTOMER.fields.values()].filter(({ shape }) => shape !== "relation");
const NAMES = FIELDS.map(({ name }) => name);
/** Fewer than the most aliases of one operation. */
const HALVES = [NAMES.slice(0, 25), NAMES.slice(25)];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await insertCanaries(server, [CANARY]);
});
afterAll(() => server.close());

/** One way to a customer: a document for these fields. */
interface Way {
  readonly name: string;
  readonly documents: (names: readonly string[]) => readonly string[];
  /** Where the customer stands in the data. */
  readonly at: readonly (string | number)[];
}

const access = "access { field disclosure reason rule }";
const id = CANARY.id;
const plain = (names: readonly string[]): string => `customerId: id ${names.join(" ")} ${access}`;

const WAYS: readonly Way[] = [
  {
    name: "customer",
    documents: (n) => [`{ customer(id: "${id}") { ${plain(n)} } }`],
    at: ["customer"],
  },
  {
    name: "aliases",
    documents: () =>
      HALVES.map(
        (half) =>
          `{ customer(id: "${id}") { ${half.map((n, at) => `a${at}: ${n}`).join(" ")} customerId: id ${access} } }`,
      ),
    at: ["customer"],
  },
  {
    name: "aliases with the names of other fields",
    documents: () =>
      HALVES.map(
        (half) =>
          `{ customer(id: "${id}") { ${half.map((n, at) => `${half.at(at - 1)}: ${n}`).join(" ")} customerId: id ${access} } }`,
      ),
    at: ["customer"],
  },
  {
    name: "a renamed customer",
    documents: (n) => [`{ customer: customer(id: "${id}") { ${plain(n)} } }`],
    at: ["customer"],
  },
  {
    name: "a named fragment",
    documents: (n) => [`{ customer(id: "${id}") { ...F } } fragment F on Customer { ${plain(n)} }`],
    at: ["customer"],
  },
  {
    name: "fragments within fragments",
    documents: (n) => [
      `{ customer(id: "${id}") { ...F } } fragment F on Node { ... on Customer { ...G } } fragment G on Customer { ... { ${plain(n)} } }`,
    ],
    at: ["customer"],
  },
  {
    name: "an inline fragment",
    documents: (n) => [
      `{ customer(id: "${id}") { ... on Node { ... on Customer { ${plain(n)} } } } }`,
    ],
    at: ["customer"],
  },
  {
    name: "directives",
    documents: (n) => [`{ customer(id: "${id}") { ... @include(if: true) { ${plain(n)} } } }`],
    at: ["customer"],
  },
  {
    name: "node",
    documents: (n) => [`{ node(id: "${id}") { ... on Customer { ${plain(n)} } } }`],
    at: ["node"],
  },
  {
    name: "nodes",
    documents: (n) => [
      `{ nodes(ids: ["${canaryId(99)}", "${id}"]) { id ...F } } fragment F on Customer { ${plain(n)} }`,
    ],
    at: ["nodes", 1],
  },
  {
    name: "customers.nodes",
    documents: (n) => [`{ customers(first: 1) { nodes { ${plain(n)} } } }`],
    at: ["customers", "nodes", 0],
  },
  {
    name: "customers.edges.node",
    documents: (n) => [`{ customers(first: 1) { edges { node { ${plain(n)} } } } }`],
    at: ["customers", "edges", 0, "node"],
  },
  {
    name: "transfer.items.customer",
    documents: (n) => [
      `{ transfer(id: "${transferId(TRANSFER)}") { items(first: 1) { nodes { customer { ${plain(n)} } } } } }`,
    ],
    at: ["transfer", "items", "nodes", 0, "customer"],
  },
  {
    name: "customer.transfers.items.customer",
    documents: (n) => [
      `{ customer(id: "${id}") { transfers { nodes { items(first: 1) { edges { node { customer { ${plain(n)} } } } } } } } }`,
    ],
    at: ["customer", "transfers", "nodes", 0, "items", "edges", 0, "node", "customer"],
  },
];

/** The payload of a change, for those who may make one. */
const MUTATION = (version: number): string =>
  `mutation { updateCustomer(input: { id: "${id}", expectedVersion: ${version}, email: "new@example.com" }) { customer { ${plain(NAMES)} } } }`;

/** Ways that lead over other objects, which the caller may not see although they see the customer. */
const DETOURS = ["transfer.items.customer", "customer.transfers.items.customer"];

type Reading = Readonly<Record<string, { readonly value: unknown; readonly verdict: Verdict }>>;

/** What a caller reads of the canary by one way, field by field; null where there is no canary. */
async function read(way: Way, asker: (typeof ASKERS)[number]): Promise<Reading | null> {
  const documents = way.documents(NAMES);
  const reading: Record<string, { value: unknown; verdict: Verdict }> = {};
  for (const [at, document] of documents.entries()) {
    const { body } = await server.ask(asker.caller, document, { purpose: asker.purpose });
    const found = dig(body.data, ...way.at) as Record<string, unknown> | null;
    if (found?.["customerId"] !== id) return null;
    const names = documents.length === 1 ? NAMES : (HALVES[at] ?? []);
    const keys = keysOf(way, names);
    const verdicts = new Map(
      (found["access"] as { field: string }[]).map(({ field, ...verdict }) => [field, verdict]),
    );
    for (const [place, name] of names.entries()) {
      const value = found[keys[place] ?? ""];
      expect(value).not.toBe(undefined);
      reading[name] = { value, verdict: verdicts.get(name) as unknown as Verdict };
    }
    expect(told(body.extensions, keys)).toEqual(belowClear(reading, keys, names));
  }
  return reading;
}

/** What `extensions.access` says of the canary's fields, by the key of each in the answer. */
function told(extensions: unknown, keys: readonly string[]): Record<string, unknown> {
  const entries = (dig(extensions, "access", "fields") ?? []) as {
    path: string;
    disclosure: string;
  }[];
  const ofFields = entries.map(
    ({ path, ...verdict }) => [path.split(".").at(-1) ?? "", verdict] as const,
  );
  return Object.fromEntries(ofFields.filter(([key]) => keys.includes(key)));
}

function belowClear(
  reading: Record<string, { verdict: Verdict }>,
  keys: readonly string[],
  names: readonly string[],
): Record<string, unknown> {
  const pairs = names.map((name, at) => [keys[at] ?? "", reading[name]?.verdict] as const);
  return Object.fromEntries(pairs.filter(([, verdict]) => verdict?.disclosure !== "CLEAR"));
}

function keysOf({ name }: Way, names: readonly string[]): readonly string[] {
  if (name === "aliases") return names.map((_, at) => `a${at}`);
  return name.startsWith("aliases with") ? names.map((_, at) => String(names.at(at - 1))) : names;
}

/** The attributes of the canary by name, as rules read them. */
async function attributes(): Promise<Record<string, unknown> & { __typename: string }> {
  const { rows } = await server.app.services.database.pool.query(
    "select * from customer where id = $1",
    [id],
  );
  const row = rows[0] as Record<string, unknown>;
  const named = [...CUSTOMER.attributes.values()].map(({ name, column }) => [name, row[column]]);
  return { ...Object.fromEntries(named), __typename: "Customer" };
}

/** What a field has to look like at a level, from the record and the catalog alone. */
function expectedValue(field: FieldDefinition, { disclosure }: Verdict): unknown {
  const record = { ...FULL_RECORD, customerNo: "CANARY-1", region: "福建省 厦门市" } as Record<
    string,
    unknown
  >;
  const value = record[field.name] as string;
  switch (disclosure) {
    case "NONE":
      return null;
    case "EXISTS":
      return existenceMask(field.shape);
    case "TOKEN":
      return expect.stringMatching(/^tok_[\w-]{22}$/);
    case "PARTIAL":
    case "COARSE": {
      const rendering = field.renderings[disclosure];
      if (rendering === undefined) throw new Error(`${field.name} has no ${disclosure} rendering`);
      return applyRendering({ rendering, value, record, shape: field.shape });
    }
    case "CLEAR":
      return value ?? expect.anything();
  }
}

test.each(ASKERS)(
  "$caller for $purpose reads the same by every way, and what the policy says",
  async (asker) => {
    const readings = new Map<string, Reading | null>();
    for (const way of WAYS) readings.set(way.name, await read(way, asker));
    const first = readings.get("customer") ?? null;

    for (const way of WAYS) {
      const reading = readings.get(way.name) ?? null;
      if (DETOURS.includes(way.name) && reading === null) continue;
      expect({ way: way.name, reading }).toEqual({ way: way.name, reading: first });
    }

    const row = await attributes();
    const { bound, ...decisions } = decisionsOf(
      callerBut({ name: asker.caller, purpose: asker.purpose, now: TEMPLATE_NOW }),
      TEMPLATE_NOW,
    );
    expect(decisions).toBeDefined();
    expect(first !== null).toBe(bound.ability.can("see", row));
    if (first === null) return;
    for (const field of FIELDS) {
      const verdict = verdictFor(bound, row, field);
      expect(first[field.name]).toEqual({ verdict, value: expectedValue(field, verdict) });
    }
  },
);

test("the payload of a change shows the customer as every other way does", async () => {
  const asker = { caller: "data-steward", purpose: "DATA_QUALITY" };
  const before = await read(WAYS[0] as Way, asker);
  const change: Way = {
    name: "updateCustomer",
    documents: () => [MUTATION(before?.["version"]?.value as number)],
    at: ["updateCustomer", "customer"],
  };
  const payload = await read(change, asker);
  expect(payload?.["email"]?.value).toBe("new@example.com");
  expect(payload?.["version"]?.value).toBe(2);
  expect(await read(WAYS[0] as Way, asker)).toEqual(payload);
  expect(payload?.["idNumber"]?.verdict.disclosure).toBe("PARTIAL");
});
