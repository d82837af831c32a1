import { eventually } from "../support/eventually.ts";
import {
  ACTIVATE,
  APPROVE,
  remarked,
  RETIRE,
  storeVersion,
  SUBMIT,
  tamper,
  TEST,
} from "../support/policy-life.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

/*
 * The policy holds for everybody on the deployment. Whoever has the right roles in a company that
 * takes part, and even all of them together, must not touch it: only the operator's people do.
 */

const COMPANIES = ["", "transferee-"] as const;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { MAX_BODY_BYTES: "2000000" } });
});
afterAll(() => server.close());

async function codeOf(caller: string, query: string, input: object): Promise<unknown> {
  const purpose = caller.endsWith("compliance-officer") ? "RIGHTS_REQUEST" : "DATA_QUALITY";
  const { body } = await server.ask(caller, query, { purpose, variables: { input } });
  return body.errors?.[0]?.extensions["code"] ?? "done";
}

async function roundOf(digest: string, step: string): Promise<unknown[]> {
  const callers = COMPANIES.flatMap((company) =>
    ["platform-admin", "compliance-officer"].map((role) => company + role),
  );
  const input = { digest, expectedVersion: 1 };
  return Promise.all(callers.map((caller) => codeOf(caller, step, input)));
}

const REFUSED = Array.from({ length: 4 }, () => "FORBIDDEN");

test.each(COMPANIES)(
  "platform admin and compliance officer (%s) write nothing",
  async (company) => {
    for (const role of ["platform-admin", "compliance-officer"]) {
      const input = { documents: remarked(`${company}${role}`) };
      expect(await codeOf(company + role, SUBMIT, input)).toBe("FORBIDDEN");
    }
  },
);

test.each([
  ["test", "DRAFT", TEST],
  ["approve", "TESTED", APPROVE],
  ["activate", "APPROVED", ACTIVATE],
  ["take back", "DRAFT", RETIRE],
])("together they can't %s what is %s", async (remark, state, step) => {
  const documents = remarked(remark);
  const digest = await storeVersion(server.database.url, { documents, state });
  expect(await roundOf(digest, step)).toEqual(REFUSED);
});

test("nor go back to what was in force; the operator's people can", async () => {
  const documents = remarked("back");
  const digest = await storeVersion(server.database.url, { documents, state: "RETIRED" });
  const sql = `update policy_version set activated_at = created_at where digest = '${digest}'`;
  await tamper(server.database.url, sql);
  expect(await roundOf(digest, ACTIVATE)).toEqual(REFUSED);
  const input = { digest, expectedVersion: 1 };
  expect(await codeOf("operator-compliance-officer", ACTIVATE, input)).toBe("done");
});

test("an organisation that operates no longer loses the verbs with it", async () => {
  const sql = "update organisation set operator = false where code = 'operator'";
  await tamper(server.database.url, sql);
  await eventually(async () => {
    const input = { documents: remarked("no longer") };
    expect(await codeOf("operator-platform-admin", SUBMIT, input)).toBe("FORBIDDEN");
  });
});
