import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { loadConfig } from "../../src/config.ts";
import { requireDemoCaller } from "../../src/identity/demo-tokens.ts";
import {
  type DevelopmentIssuer,
  openDevelopmentIssuer,
} from "../../src/identity/development-issuer.ts";
import { type FreshDatabase, freshDatabase } from "../support/fresh-database.ts";
import { ACTIVATE, remarked, storeVersion } from "../support/policy-life.ts";
import { buildProgram, type ServerProcess, startServerProcess } from "../support/server-process.ts";
import type { Answered } from "../support/start-test-server.ts";
import { testMasterKeyFile } from "../support/test-server.ts";

/** Long enough for any machine; what it took is printed. */
const PATIENCE_MS = 10_000;
const START_MS = 180_000;
/** Somebody of the demonstration whose request is open. */
const WITH_REQUEST = "0192a000-0000-7000-8000-000000000517";

let database: FreshDatabase;
let dataDir: string;
let admin: pg.Client;
let issuer: DevelopmentIssuer;
/** Where changes are made, another that listens, and one behind a pooler through which nothing is heard. */
let nodes: Record<"first" | "listening" | "polling", ServerProcess>;
const measured: string[] = [];

beforeAll(async () => {
  await buildProgram();
  [database, dataDir] = await Promise.all([
    freshDatabase(),
    mkdtemp(join(tmpdir(), "custodia-nodes-")),
  ]);
  const settings = {
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    MASTER_KEY_FILE: testMasterKeyFile(),
    POLICY_SOURCE: "database",
  };
  issuer = await openDevelopmentIssuer(loadConfig(settings));
  admin = new pg.Client(database.url);
  await admin.connect();
  const [first, listening, polling] = await Promise.all([
    startServerProcess(settings),
    startServerProcess(settings),
    startServerProcess({ ...settings, CHANGE_FEED: "poll" }),
  ]);
  nodes = { first, listening, polling };
}, START_MS);

afterAll(async () => {
  await Promise.all(Object.values(nodes).map((node) => node.stop()));
  await admin.end();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
  process.stdout.write(`${measured.join("\n")}\n`);
}, START_MS);

function tokenOf(caller: string): Promise<string> {
  return issuer.issueDemoToken({ demoCaller: requireDemoCaller(caller), now: new Date() });
}

interface Question {
  readonly token: string;
  readonly purpose: string;
  readonly query: string;
  readonly variables?: object;
}

async function ask(node: ServerProcess, question: Question): Promise<Answered["body"]> {
  const { token, purpose, query, variables } = question;
  const response = await fetch(`${node.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      "x-purpose": purpose,
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answered["body"];
}

/** Makes a change and asks both other nodes until they obey. Each was asked before, so that it remembers. */
async function expectObeyed({
  change,
  question,
  hasObeyed,
  make,
}: {
  change: string;
  question: Question;
  hasObeyed: (answer: Answered["body"]) => boolean;
  make: () => Promise<unknown>;
}): Promise<void> {
  const others = [nodes.listening, nodes.polling];
  for (const node of others) expect(hasObeyed(await ask(node, question))).toBe(false);
  await make();
  const made = performance.now();
  const times = await Promise.all(
    others.map(async (node) => {
      while (performance.now() - made < PATIENCE_MS) {
        if (hasObeyed(await ask(node, question))) return Math.round(performance.now() - made);
      }
      throw new Error(`${change} does not hold on another node.`);
    }),
  );
  measured.push(
    `${change} holds on another node: listening ${times[0]} ms, polling ${times[1]} ms`,
  );
}

const VIEWER = "{ viewer { roles } }";
const versionIn = (answer: Answered["body"]): unknown =>
  (answer.extensions?.["access"] as { policyVersion?: string } | undefined)?.policyVersion;
const isRefused = (answer: Answered["body"]): boolean =>
  answer.errors?.[0]?.extensions["code"] === "UNAUTHENTICATED";

test.each(["one", "two", "three"])("an activation (%s)", async (remark) => {
  const documents = remarked(remark);
  const digest = await storeVersion(database.url, { documents, state: "APPROVED" });
  const officer = await tokenOf("operator-compliance-officer");
  await expectObeyed({
    change: "an activation",
    question: {
      token: await tokenOf("internal-auditor"),
      purpose: "COMPLIANCE_AUDIT",
      query: VIEWER,
    },
    hasObeyed: (answer) => versionIn(answer) === digest,
    make: async () => {
      const variables = { input: { digest, expectedVersion: 1 } };
      const step = { token: officer, purpose: "RIGHTS_REQUEST", query: ACTIVATE, variables };
      expect((await ask(nodes.first, step)).errors).toBeUndefined();
    },
  });
});

test("a role that is taken away", async () => {
  const { id } = requireDemoCaller("data-steward");
  await expectObeyed({
    change: "a role taken away",
    question: { token: await tokenOf("data-steward"), purpose: "DATA_QUALITY", query: VIEWER },
    hasObeyed: ({ data }) => JSON.stringify(data) === '{"viewer":{"roles":[]}}',
    make: () => admin.query("delete from role_assignment where principal_id = $1", [id]),
  });
});

test("a token that is revoked", async () => {
  const token = await tokenOf("legal-counsel");
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const { jti } = JSON.parse(payload) as { jti: string };
  await expectObeyed({
    change: "a token revoked",
    question: { token, purpose: "DISPUTE_HANDLING", query: VIEWER },
    hasObeyed: isRefused,
    make: () =>
      admin.query("insert into revoked_token values ($1, now(), now() + interval '1 day')", [jti]),
  });
});

test("an organisation that is suspended", async () => {
  await expectObeyed({
    change: "an organisation suspended",
    question: {
      token: await tokenOf("unrelated-cs-agent"),
      purpose: "CUSTOMER_CARE",
      query: VIEWER,
    },
    hasObeyed: isRefused,
    make: () => admin.query("update organisation set state = 'SUSPENDED' where code = 'unrelated'"),
  });
});

test("a consent that is withdrawn", async () => {
  const token = await tokenOf("sales-analyst");
  const purpose = "MARKETING";
  const list = "{ customers(first: 50) { nodes { id email } } }";
  const { data } = await ask(nodes.first, { token, purpose, query: list });
  const { customers } = data as { customers: { nodes: { id: string; email: string | null }[] } };
  const id = customers.nodes.find(({ email }) => email !== null)?.id ?? "";
  await expectObeyed({
    change: "a consent withdrawn",
    question: { token, purpose, query: `{ customer(id: "${id}") { email } }` },
    hasObeyed: (answer) => !JSON.stringify(answer.data).includes("@"),
    make: () =>
      admin.query(
        `update customer set marketing_consent = 'WITHDRAWN',
           basis_purposes = array_remove(basis_purposes, 'MARKETING') where id = $1`,
        [id],
      ),
  });
});

test("an elevation that is approved, and one that is ended", async () => {
  const purpose = "RIGHTS_REQUEST";
  const officer = await tokenOf("compliance-officer");
  const deputy = await tokenOf("compliance-deputy");
  const question = {
    token: officer,
    purpose,
    query: `{ customer(id: "${WITH_REQUEST}") { healthStatus } }`,
  };
  const isOpen = ({ data }: Answered["body"]): boolean => JSON.stringify(data).includes("asthma");
  const change = async (
    token: string,
    step: { verb: string; type: string; input: object },
  ): Promise<{ id: string }> => {
    const { verb, type, input } = step;
    const query = `mutation ($input: ${type}!) { ${verb}(input: $input) { elevation { id } } }`;
    const asked = { token, purpose, query, variables: { input } };
    const { data, errors } = await ask(nodes.first, asked);
    expect(errors).toBeUndefined();
    return (data as Record<string, { elevation: { id: string } }>)[verb]?.elevation ?? { id: "" };
  };
  const asked = {
    customerId: WITH_REQUEST,
    fields: ["healthStatus"],
    purpose,
    minutes: 60,
    reason: "RIGHTS-2026-001 asks for a copy of all health data.",
  };
  const type = "ElevationStepInput";
  const requested = { verb: "requestElevation", type: "RequestElevationInput", input: asked };
  const { id } = await change(officer, requested);
  await expectObeyed({
    change: "an elevation approved",
    question,
    hasObeyed: isOpen,
    make: () =>
      change(deputy, { verb: "approveElevation", type, input: { id, expectedVersion: 1 } }),
  });
  await expectObeyed({
    change: "an elevation ended",
    question,
    hasObeyed: (answer) => !isOpen(answer),
    make: () => change(officer, { verb: "endElevation", type, input: { id, expectedVersion: 2 } }),
  });
});

test(
  "a version is tested in a thread of its own, while the node goes on answering",
  async () => {
    const documents = remarked("to be tested");
    const digest = await storeVersion(database.url, { documents, state: "DRAFT" });
    const token = await tokenOf("operator-platform-admin");
    const query = `mutation ($input: TestPolicyInput!) { testPolicy(input: $input) { policyVersion { state } } }`;
    const variables = { input: { digest, expectedVersion: 1 } };
    let isDone = false;
    const tested = ask(nodes.first, { token, purpose: "DATA_QUALITY", query, variables }).finally(
      () => (isDone = true),
    );
    let answers = 0;
    while (!isDone) {
      const viewer = { token, purpose: "DATA_QUALITY", query: VIEWER };
      expect((await ask(nodes.first, viewer)).errors).toBeUndefined();
      if (!isDone) answers += 1;
    }
    expect((await tested).data).toEqual({ testPolicy: { policyVersion: { state: "TESTED" } } });
    expect(answers).toBeGreaterThan(5);
  },
  START_MS,
);
