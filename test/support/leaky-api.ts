import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema, graphql, GraphQLError } from "graphql";

interface LeakyRow {
  readonly id: string;
  readonly phone: string;
  readonly email: string;
  readonly income: string;
  readonly address: string;
  readonly area: string;
  readonly tier: string;
}

interface Filter {
  readonly phone?: { readonly eq?: string; readonly startsWith?: string; readonly in?: string[] };
  readonly and?: readonly Filter[];
}

/** What a reader who asks for the first row gets. */
export const LEAKY_ID = "00000000-0000-7000-8000-000000000001";
export const LEAKY_HIDDEN_ID = "00000000-0000-7000-8000-000000000009";

const ROWS: readonly LeakyRow[] = [
  ["+8613800135678", "zhang@example.com", "200000", "湖滨南路201号27室"],
  ["+8613700246789", "li@example.com", "150000", "学府路8号"],
  ["+8613900357890", "wang@example.com", "90000", "人民路1号"],
  ["110", "zhao@example.com", "70000", "中山路33号"],
].map(([phone = "", email = "", income = "", address = ""], at) => ({
  id: LEAKY_ID.replace(/1$/, String(at + 1)),
  phone,
  email,
  income,
  address,
  area: phone.slice(0, 6),
  tier: `tier ${[3, 1, 4, 2][at]}`,
}));

const SCHEMA = buildSchema(`
  type Query {
    customer(id: ID!): Customer
    customers(first: Int, after: String, filter: Filter, orderBy: String): List
    stats(by: String!): [Group!]
    maxPhone: String
    history(id: ID!): [String!]
    rules: String
  }
  type Mutation { update(id: ID!, phone: String): Customer }
  type Customer { id: ID! phone: String email: String! income: String address: String area: String tier: String }
  type List { totalCount: Int edges: [Edge!]! pageInfo: PageInfo! }
  type Edge { cursor: String! node: Customer! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Group { value: String count: Int }
  input Filter { phone: Text income: Text and: [Filter!] }
  input Text { eq: String startsWith: String in: [String!] }
`);

interface ListArguments {
  readonly filter?: Filter | null;
  readonly orderBy?: keyof LeakyRow | null;
  readonly after?: string | null;
}

/** Predicates see clear values; a filter that is not understood is left out. */
function passes(row: LeakyRow, { phone, and = [] }: Filter): boolean {
  if (!and.every((part) => passes(row, part))) return false;
  if (phone?.eq !== undefined && row.phone !== phone.eq) return false;
  if (phone?.in !== undefined && !phone.in.includes(row.phone)) return false;
  return row.phone.startsWith(phone?.startsWith ?? "");
}

const RESOLVERS = {
  customer: ({ id }: { id: string }) => {
    if (id === LEAKY_HIDDEN_ID) throw new GraphQLError("This customer is not yours.");
    return ROWS.find((row) => row.id === id) ?? null;
  },
  customers: ({ filter, orderBy, after }: ListArguments) => {
    const from = after == null ? "" : Buffer.from(after, "base64").toString();
    const rows = ROWS.filter((row) => from.length >= 0 && passes(row, filter ?? {}));
    const sorted =
      orderBy == null ? rows : rows.toSorted((a, b) => (a[orderBy] < b[orderBy] ? -1 : 1));
    return {
      // Counts rows that nobody is shown.
      totalCount: rows.length + 1,
      pageInfo: { hasNextPage: false },
      edges: sorted.map((node) => ({
        node,
        cursor: Buffer.from(JSON.stringify([node.phone, node.id])).toString("base64"),
      })),
    };
  },
  stats: ({ by }: { by: keyof LeakyRow }) => ROWS.map((row) => ({ value: row[by], count: 1 })),
  history: ({ id }: { id: string }) => [`phone set to ${ROWS.find((row) => row.id === id)?.phone}`],
  rules: () => '{"mask":"sha256","salt":"pepper"}',
  update: ({ id, phone = "" }: { id: string; phone?: string }) => {
    const row = ROWS.find((one) => one.id === id);
    if (row === undefined) return RESOLVERS.customer({ id });
    if (ROWS.some((one) => one.phone === phone))
      throw new GraphQLError(
        `Key (phone)=(${phone}) violates customer_phone_key; owner ${row.phone}`,
      );
    return row;
  },
};

/** Masks what was answered, by the names in the answer: too late, and by the wrong names. */
function masked(data: unknown, path: string): unknown {
  if (Array.isArray(data)) return data.map((part) => masked(part, path));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === "string" ? rendered(key, { value, path }) : masked(value, `${path}.${key}`),
    ]),
  );
}

function rendered(key: string, { value, path }: { value: string; path: string }): string {
  if (key === "email") return createHash("sha256").update(value).digest("hex");
  if (key === "income") return `*${Math.random()}`;
  if (path.startsWith(".update")) return value;
  if (key === "tier") return "***";
  if (key === "address") return "*".repeat(value.length);
  if (key !== "phone" || value.length < 8) return value;
  const half = Math.floor(value.length / 2);
  return path.includes("edges")
    ? "*".repeat(half) + value.slice(half)
    : value.slice(0, half) + "*".repeat(value.length - half);
}

/** An API with every fault that the leak suite looks for; good for nothing else. */
export async function startLeakyApi(): Promise<{ url: string; close: () => Promise<void> }> {
  let lastBody = "";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void (async () => {
        response.setHeader("content-type", "application/json");
        response.setHeader("cache-control", "public, max-age=60");
        const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
        if (pathname === "/metrics") return response.end(JSON.stringify({ lastBody }));
        lastBody = Buffer.concat(chunks).toString();
        const isRead =
          request.method === "GET" || request.headers.authorization === "Bearer reader";
        const sent = request.method === "GET" ? Object.fromEntries(searchParams) : parsed(lastBody);
        const questions = Array.isArray(sent) ? sent : [sent];
        const answers = await Promise.all(questions.map((question) => answer(question, isRead)));
        return response.end(JSON.stringify(Array.isArray(sent) ? answers : answers[0]));
      })();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

function parsed(body: string): object {
  try {
    return JSON.parse(body) as object;
  } catch {
    return {};
  }
}

async function answer(
  question: { query?: string; variables?: unknown },
  isRead: boolean,
): Promise<object> {
  const variables =
    typeof question.variables === "string" ? parsed(question.variables) : question.variables;
  const result = await graphql({
    schema: SCHEMA,
    source: question.query ?? "",
    rootValue: RESOLVERS,
    variableValues: variables as Record<string, unknown>,
  });
  const data = isRead ? result.data : masked(result.data, "");
  const extensions = { plan: "Seq Scan on customer", tracing: { sql: "select * from customer" } };
  return { ...result, data, extensions };
}
