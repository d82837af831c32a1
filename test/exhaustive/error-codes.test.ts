import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type ErrorCode, ERRORS } from "../../src/errors.ts";
import { packageRoot } from "../../src/lib/package-root.ts";
import { REQUESTS_FOLDER } from "../support/golden-request.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    settings: { MAX_BODY_BYTES: "2048", RATE_LIMIT_PER_MINUTE: "40" },
  });
});
afterAll(() => server.close());

const CODES = Object.keys(ERRORS) as ErrorCode[];
const JSON_TYPE = { "content-type": "application/json" };
const CUSTOMER = `{ customer(id: "0192a000-0000-7000-8000-000000000503") { fullName } }`;

/** Codes that no resolver answers with, each with the request that leads to it; the last three break it. */
const PROVOKED: Readonly<Partial<Record<ErrorCode, () => Promise<Response>>>> = {
  GRAPHQL_PARSE_FAILED: () => post({ query: "{ viewer {" }),
  OPERATION_RESOLUTION_FAILURE: () =>
    post({ query: "query One { viewer { id } }", operationName: "Two" }),
  PERSISTED_QUERY_NOT_SUPPORTED: () =>
    post({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }),
  BAD_REQUEST: () => send({ body: "{" }),
  PAYLOAD_TOO_LARGE: () => post({ query: CUSTOMER, variables: { long: "x".repeat(3_000) } }),
  UNSUPPORTED_MEDIA_TYPE: () =>
    send({ body: "query=x", headers: { "content-type": "text/plain" } }),
  NOT_ACCEPTABLE: () =>
    send({
      body: JSON.stringify({ query: CUSTOMER }),
      headers: { ...JSON_TYPE, accept: "image/png" },
    }),
  METHOD_NOT_ALLOWED: () => fetch(`${server.url}/graphql`, { method: "DELETE" }),
  INTERNAL_SERVER_ERROR: async () => {
    await alter("alter table customer rename column full_name to nobody_knows");
    return post({ query: CUSTOMER });
  },
  SERVICE_UNAVAILABLE: async () => {
    await server.database.drop();
    return post({ query: CUSTOMER });
  },
  // The last, for after it nobody of this address is heard, also who can't be identified any more.
  RATE_LIMITED: async () => {
    const tries = await Promise.all(Array.from({ length: 41 }, () => fetchGraphql({ body: "{" })));
    return tries.find(({ status }) => status === 429) ?? Response.error();
  },
};

describe("codes for requests that reach no resolver, and for mistakes of ours", () => {
  test.each(Object.entries(PROVOKED))("%s", async (code, provoke) => {
    const response = await provoke();
    const body = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect(body.errors.map(({ extensions }) => extensions.code)).toEqual([code]);
  });
});

/** Codes that nothing can answer with today, by the reason why not. */
const WITHOUT_ANSWER = {
  "told in data as the reason of a field's verdict": [
    "APPROVAL_REQUIRED",
    "CONSENT_REQUIRED",
    "CUSTOMER_SEALED",
    "DISPUTE_OPEN",
    "GUARDIAN_CONSENT_REQUIRED",
    "STEP_UP_REQUIRED",
    "TRAINING_EXPIRED",
  ],
  "refuses requests of a caller whom the seeds don't have (test/units/guard/require-no-refusal)": [
    "FOREIGN_DISCLOSURE_PROHIBITED",
  ],
  "told in the report of an import": ["DUPLICATE_IN_FILE", "GUARDIAN_REQUIRED"],
  "answers downloads (test/audit/evidence-access, evidence-download)": [
    "EVIDENCE_ENDED",
    "RANGE_NOT_SATISFIABLE",
  ],
  "belongs to an operation that does not exist": [
    "CLEARANCE_TOO_LOW",
    "CONSENT_NOT_SEPARATE",
    "CONSENT_REASK_TOO_SOON",
    "CROSS_BORDER_MECHANISM_REQUIRED",
    "IDENTITY_NOT_VERIFIED",
    "LEGAL_HOLD_ACTIVE",
    "LEGAL_PATH_CONFLICT",
    "MANIFEST_MISMATCH",
    "NOTICE_INCOMPLETE",
    "NOTICE_WINDOW_OPEN",
    "NOTIFICATION_OUTSTANDING",
    "PIPIA_REQUIRED",
    "REGULATOR_REPORT_REQUIRED",
    "RETENTION_MINIMUM",
    "SEPARATE_CONSENT_REQUIRED",
    "TRANSFER_GUARD_FAILED",
  ],
} as const satisfies Readonly<Record<string, readonly ErrorCode[]>>;

test("every code is answered in a golden request or above, or has a reason why it is not", () => {
  const provoked = new Set([...codesInGoldens(), ...Object.keys(PROVOKED)]);
  const without = CODES.filter((code) => !provoked.has(code));
  expect(without.sort()).toEqual(Object.values(WITHOUT_ANSWER).flat().sort());
});

test("the reasons hold", () => {
  const policies = textOf("policies/**/*.yaml");
  const imports = textOf("src/customers/**/*.ts");
  // Verdicts on evidence are no answers of the server, though one of them is named like a code.
  const isNoAnswer = (file: string): boolean => file.startsWith("src/audit/evidence/");
  const code = textOf("src/**/*.ts", (file) => file !== "src/errors.ts" && !isNoAnswer(file));
  const [inData, inRefusals, inReports, inDownloads, nowhere] = Object.values(WITHOUT_ANSWER);
  const downloads = textOf("test/audit/evidence-*.test.ts");
  expect(inDownloads?.filter((word) => !downloads.includes(`"${word}"`))).toEqual([]);
  expect(inData?.filter((word) => !policies.includes(`reason: ${word}\n`))).toEqual([]);
  expect(inRefusals?.filter((word) => !policies.includes(`refuses: ${word}\n`))).toEqual([]);
  expect(inReports?.filter((word) => !imports.includes(`"${word}"`))).toEqual([]);
  const answered = [...(inData ?? []), ...(nowhere ?? [])];
  expect(answered.filter((word) => code.includes(`rror("${word}"`))).toEqual([]);
  expect(nowhere?.filter((word) => code.includes(word))).toEqual([]);
});

function codesInGoldens(): string[] {
  const text = textOf(`${REQUESTS_FOLDER.slice(packageRoot().length + 1)}/*.json`);
  return [...text.matchAll(/"code": "([A-Z_]+)"/g)].map(([, code = ""]) => code);
}

function textOf(pattern: string, holds: (file: string) => boolean = () => true): string {
  const files = globSync(pattern, { cwd: packageRoot() }).filter(holds);
  return files.map((file) => readFileSync(join(packageRoot(), file), "utf8")).join("\n");
}

function post(operation: object): Promise<Response> {
  return send({ body: JSON.stringify(operation) });
}

async function send(request: {
  body: string;
  headers?: Record<string, string>;
}): Promise<Response> {
  const token = await server.tokenOf("internal-auditor");
  return fetchGraphql({
    body: request.body,
    headers: { ...(request.headers ?? JSON_TYPE), authorization: `Bearer ${token}` },
  });
}

function fetchGraphql(request: {
  body: string;
  headers?: Record<string, string>;
}): Promise<Response> {
  return fetch(`${server.url}/graphql`, { method: "POST", headers: JSON_TYPE, ...request });
}

async function alter(sql: string): Promise<void> {
  const client = new pg.Client(server.database.url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
