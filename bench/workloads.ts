import type { CallerName } from "./callers.ts";

/** The six fields of W1 and W2: two masked, and what of the person depends on the row. */
export const SIX_FIELDS = "customerNo fullName phone email region idNumber";

/** Twenty fields of a customer. */
export const TWENTY_FIELDS =
  "customerNo fullName uscc legalRepresentative contactPersons phone email address region idType " +
  "idNumber birthDate gender nationality bankName bankAccount purchaseTotal orderCount preferences tags";

/** What is found out of the filled database before anything is measured. */
export interface Fixtures {
  /** A customer whom the agent works for. */
  readonly customerId: string;
  /** Identity numbers that the liaison may read. */
  readonly idNumbers: readonly string[];
  /** Cursor behind 1,000 pages of fifty; of the database it was found in. */
  readonly deepCursor: string | null;
}

/** A request in GraphQL, as the product and the peers with its schema take it. */
export interface Question {
  readonly caller: CallerName;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A workload: what is asked, in turns where it is more than one question. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly questions: (fixtures: Fixtures) => readonly Question[];
  /** Who can be asked it. */
  readonly peers: readonly string[];
  readonly connections?: number;
}

const EVERYBODY = [
  "floor",
  "custodia",
  "policy-off",
  "postgraphile",
  "shield",
  "middleware",
  "mercurius",
];
const OURS = ["custodia", "policy-off"];

/** A page of customers with the six fields. */
export function customers(rows: number, after?: string): string {
  const place = after === undefined ? "" : `, after: ${JSON.stringify(after)}`;
  return `{ customers(first: ${rows}${place}) { nodes { ${SIX_FIELDS} } } }`;
}

/** Rows of a page in W5. */
export const DEEP_PAGE_ROWS = 50;

/** Every workload of the issue by its name. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: "W1",
    title: "one customer by id",
    peers: EVERYBODY,
    questions: ({ customerId }) => [
      { caller: "agent", query: `{ customer(id: "${customerId}") { ${SIX_FIELDS} } }` },
    ],
  },
  {
    name: "W2",
    title: "100 customers × 6 fields, masked and by a row condition",
    peers: EVERYBODY,
    questions: () => [{ caller: "agent", query: customers(100) }],
  },
  {
    name: "W2s",
    title:
      "the same with a sealed value in clear on the agent's own customers, so the log is awaited",
    peers: OURS,
    questions: () => [
      {
        caller: "agent",
        query:
          "{ customers(first: 100) { nodes { fullName phone email region purchaseTotal idNumber } } }",
      },
    ],
  },
  {
    name: "W3",
    title: "50 transfers → 20 items each → their customers",
    peers: EVERYBODY,
    questions: () => [
      {
        caller: "manager",
        query:
          "{ transfers(first: 50) { nodes { code state items(first: 20) { nodes { state customer { customerNo fullName phone } } } } } }",
      },
    ],
  },
  {
    name: "W4",
    title: "filter on an exact sealed value",
    peers: ["custodia"],
    questions: ({ idNumbers }) =>
      idNumbers.map((number) => ({
        caller: "liaison",
        query: `{ customers(first: 1, filter: { idNumber: { eq: ${JSON.stringify(number)} } }) { nodes { fullName idNumber } } }`,
      })),
  },
  {
    name: "W5a",
    title: "first page of fifty",
    peers: OURS,
    questions: () => [{ caller: "agent", query: customers(DEEP_PAGE_ROWS) }],
  },
  {
    name: "W5",
    title: "page 1,000 of fifty",
    peers: ["custodia"],
    questions: ({ deepCursor }) => [
      { caller: "agent", query: customers(DEEP_PAGE_ROWS, deepCursor ?? undefined) },
    ],
  },
  {
    name: "W2b",
    title: "W2 once more, in turns with W6",
    peers: ["custodia"],
    questions: () => [{ caller: "agent", query: customers(100) }],
  },
  {
    name: "W6",
    title:
      "clear read of 100 customers' sealed values, two each; the log is durable before the answer",
    peers: OURS,
    questions: () => [
      {
        caller: "opener",
        query:
          "{ customers(first: 100) { nodes { customerNo fullName phone email purchaseTotal orderCount } } }",
      },
    ],
  },
  {
    name: "W7",
    title: "1,000 customers × 20 fields",
    peers: OURS,
    // Half a megabyte each: more at once would measure how long a queue is.
    connections: 4,
    questions: () => [
      { caller: "agent", query: `{ customers(first: 1000) { nodes { ${TWENTY_FIELDS} } } }` },
    ],
  },
  {
    name: "W8a",
    title: "evaluateAccess: three fields of a customer for somebody else",
    peers: ["custodia"],
    questions: ({ customerId }) => [
      {
        caller: "auditor",
        query:
          "query Q($input: EvaluateAccessInput!) { evaluateAccess(input: $input) { visible reason rule fields { field disclosure reason rule } } }",
        variables: {
          input: {
            caller: "0192a000-0000-7000-8000-000000000200",
            purpose: "SERVICE_DELIVERY",
            resource: { type: "Customer", id: customerId },
            fields: ["phone", "idNumber", "healthStatus"],
          },
        },
      },
    ],
  },
  {
    name: "W8b",
    title: "whoCanAccess: everybody who could read a field of a customer",
    peers: ["custodia"],
    questions: ({ customerId }) => [
      {
        caller: "auditor",
        query:
          'query Q($id: ID!) { whoCanAccess(customerId: $id, field: "phone", purpose: "SERVICE_DELIVERY", first: 100) { judged groups { disclosure roles people { id } clients { id } } } }',
        variables: { id: customerId },
      },
    ],
  },
  {
    name: "W9",
    title: "all of them mixed, 64 connections",
    peers: ["custodia"],
    connections: 64,
    questions: (fixtures) => mixed(fixtures),
  },
];

/** How often each workload comes in twenty requests of the mixed one. */
const MIX: readonly (readonly [name: string, times: number])[] = [
  ["W1", 6],
  ["W2", 4],
  ["W3", 1],
  ["W4", 1],
  ["W5a", 2],
  ["W5", 2],
  ["W6", 2],
  ["W8a", 1],
  ["W8b", 1],
];

function mixed(fixtures: Fixtures): Question[] {
  const stacks = MIX.map(([name, times]) => {
    const [question] = workload(name).questions(fixtures);
    return Array.from({ length: times }, () => question as Question);
  });
  // Dealt in turns, so that no workload comes in one lump.
  const longest = Math.max(...stacks.map(({ length }) => length));
  return Array.from({ length: longest }, (_, round) =>
    stacks.flatMap((stack) => stack[round] ?? []),
  ).flat();
}

/** The workload of that name. */
export function workload(name: string): Workload {
  const found = WORKLOADS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no workload ${name}.`);
  return found;
}
