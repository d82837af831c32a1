import {
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";

/*
 * A filter or an order on a field reads it in clear. Every test that the schema offers is sent by
 * callers of every kind, and is answered or refused as `viewer.access` told them beforehand.
 */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const SAMPLE_DAY = "2020-02-29";
const LISTS = [
  { type: "Customer", ask: (args: string) => `{ customers(first: 1, ${args}) { totalCount } }` },
  { type: "CustomerEvent", ask: below("customer", "501", "events") },
  { type: "Elevation", ask: (args: string) => `{ elevations(first: 1, ${args}) { totalCount } }` },
  { type: "Transfer", ask: (args: string) => `{ transfers(first: 1, ${args}) { totalCount } }` },
  {
    type: "CrossBorderMechanism",
    ask: (args: string) =>
      `{ crossBorderMechanisms(first: 1${args === "" ? "" : `, ${args}`}) { totalCount } }`,
  },
  {
    type: "SecurityAlert",
    ask: (args: string) =>
      `{ securityAlerts(first: 1${args === "" ? "" : `, ${args}`}) { totalCount } }`,
  },
  {
    type: "AuditEngagement",
    ask: (args: string) =>
      `{ auditEngagements(first: 1${args === "" ? "" : `, ${args}`}) { totalCount } }`,
  },
  {
    type: "AccessReview",
    ask: (args: string) =>
      `{ accessReviews(first: 1${args === "" ? "" : `, ${args}`}) { totalCount } }`,
  },
  { type: "TransferItem", ask: below("transfer", "705", "items") },
] as const;

const CALLERS = [
  ["data-subject", "SELF_ACCESS"],
  ["cs-agent", "SERVICE_DELIVERY"],
  ["sales-analyst", "ANALYTICS"],
  ["data-steward", "DATA_QUALITY"],
  ["internal-auditor", "COMPLIANCE_AUDIT"],
  ["partner-system", "SERVICE_DELIVERY"],
  ["gov-liaison", "LEGAL_DISCLOSURE"],
  ["platform-admin", "DATA_QUALITY"],
  ["compliance-officer", "RIGHTS_REQUEST"],
] as const;

interface Told {
  readonly field: string;
  readonly filterable: boolean;
  readonly sortable: boolean;
}

/** Nobody may guess a sealed value piece by piece. */
function isPieceOfSealed(name: string, literal: string): boolean {
  const field = server.app.services.api.catalog.get("Customer")?.fields.get(name);
  return field?.filter === "lookup" && literal.includes("startsWith");
}

describe.each(LISTS)("lists of $type", ({ type, ask }) => {
  test("offer a test for each field that can be filtered, and a key for each that can be ordered by", () => {
    const fields = [...(server.app.services.api.catalog.get(type)?.fields.values() ?? [])];
    const filterable = fields.filter(({ filter }) => filter !== null).map(({ name }) => name);
    // A sealed date or number has no order either, and the answer to asking for it is a definite no.
    const isOrdered = new Set(["date", "amount", "count"]);
    const sortable = fields
      .filter((field) => field.sortable || isOrdered.has(field.shape))
      .map(({ name }) => name);
    expect([...new Set(testsOf(type).map(({ field }) => field))].sort()).toEqual(filterable.sort());
    expect(orderFieldsOf(type)).toEqual(expect.arrayContaining(sortable));
  });

  test.each(CALLERS)("%s for %s is answered as viewer.access said", async (caller, purpose) => {
    const asked = server.asCaller(caller, purpose);
    const { body } = await asked<{ viewer: { access: readonly Told[] } }>(
      `{ viewer { access(type: "${type}") { field filterable sortable } } }`,
    );
    const told = new Map(body.data?.viewer.access.map((line) => [line.field, line]));
    // Below a row that the caller doesn't reach nothing is read, and nothing is refused.
    const isReached = /"totalCount":\d/.test(JSON.stringify(await asked(ask(""))));
    const cases = [
      ...testsOf(type).map(({ field, literal }) => ({
        args: `filter: { ${field}: ${literal} }`,
        promised:
          told.get(field)?.filterable && !isPieceOfSealed(field, literal)
            ? "answered"
            : "FIELD_FILTER_FORBIDDEN",
      })),
      ...orderFieldsOf(type).map((field) => ({
        args: `orderBy: [{ field: ${field} }]`,
        promised: told.get(field)?.sortable ? "answered" : "FIELD_SORT_FORBIDDEN",
      })),
    ];
    const outcomes: Record<string, unknown> = {};
    for (const { args } of isReached ? cases : [])
      outcomes[args] = outcomeOf(await asked(ask(args)));
    const promises = cases.map(({ args, promised }) => [args, promised]);
    expect(outcomes).toEqual(isReached ? Object.fromEntries(promises) : {});
  });
});

/** A list below one row, by the end of that row's id. */
function below(parent: string, idEnd: string, list: string): (args: string) => string {
  return (args) =>
    `{ ${parent}(id: "0192a000-0000-7000-8000-000000000${idEnd}") { ${list}(first: 1, ${args}) { totalCount } } }`;
}

function outcomeOf({ body }: Answered): unknown {
  return body.errors?.[0]?.extensions["code"] ?? "answered";
}

/**
 * Every field and operator of a type's filter, with a value that fits. A piece of a sealed value
 * is a guess, and refused to everybody.
 */
function testsOf(type: string): { field: string; literal: string; isGuess: boolean }[] {
  const filter = inputNamed(`${type}Filter`);
  const { catalog } = server.app.services.api;
  return Object.values(filter?.getFields() ?? {})
    .filter(({ name }) => !["and", "or", "not"].includes(name))
    .flatMap((field) => {
      const operators = getNamedType(field.type);
      const isLookup = catalog.get(type)?.fields.get(field.name)?.filter === "lookup";
      return isInputObjectType(operators)
        ? Object.values(operators.getFields()).map((operator) => ({
            field: field.name,
            literal: `{ ${operator.name}: ${sampleOf(operator.type)} }`,
            isGuess: isLookup && !["eq", "in"].includes(operator.name),
          }))
        : [];
    });
}

function orderFieldsOf(type: string): string[] {
  const field = inputNamed(`${type}Order`)?.getFields()["field"];
  const fields = field === undefined ? null : getNamedType(field.type);
  return isEnumType(fields) ? fields.getValues().map(({ name }) => name) : [];
}

function inputNamed(name: string): GraphQLInputObjectType | null {
  const type = server.app.services.api.schema.getType(name);
  return isInputObjectType(type) ? type : null;
}

/** A value of an operator's type, as it is written in a document. */
function sampleOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return `[${sampleOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "";
  const samples: Readonly<Record<string, string>> = {
    Boolean: "true",
    EdtfDate: `"${SAMPLE_DAY}"`,
    String: '"x"',
  };
  const sample = samples[String(type)];
  if (sample === undefined) throw new Error(`No sample value for ${String(type)}`);
  return sample;
}
