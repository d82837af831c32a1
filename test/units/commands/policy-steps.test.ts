import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { eventually } from "../../support/eventually.ts";
import { productDocuments, remarked, storeVersion, tamper } from "../../support/policy-life.ts";
import { type RanCommand, runCommand } from "../../support/run-command.ts";
import { buildProgram } from "../../support/server-process.ts";
import { startTestServer, type TestServer } from "../../support/start-test-server.ts";
import { testMasterKeyFile } from "../../support/test-server.ts";

/** A test of a policy computes for seconds, on a busy machine for many. */
const PATIENCE_MS = 240_000;
const cli = join(import.meta.dirname, "../../../dist/src/cli.js");
const folder = mkdtempSync(join(tmpdir(), "custodia-policy-command-"));
const ADMIN = "operator-platform-admin";
const OFFICER = "operator-compliance-officer";

let server: TestServer;
beforeAll(async () => {
  await buildProgram();
  expect(existsSync(cli)).toBe(true);
  server = await startTestServer();
}, PATIENCE_MS);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function settings(): Record<string, string> {
  return {
    DATABASE_URL: server.database.url,
    DATA_DIR: folder,
    MASTER_KEY_FILE: testMasterKeyFile(),
  };
}

function policy(who: string, ...words: string[]): Promise<RanCommand> {
  return runCommand(["policy", ...words, "--as", who], settings());
}

/** The same with the built program, which tests a policy in a thread. */
function builtPolicy(who: string, ...words: string[]): Promise<RanCommand> {
  const { promise, resolve } = Promise.withResolvers<RanCommand>();
  const child = execFile(
    process.execPath,
    [cli, "policy", ...words, "--as", who],
    { env: { ...process.env, ...settings() } },
    (_error, said, complaints) => resolve({ code: child.exitCode ?? -1, said: said + complaints }),
  );
  return promise;
}

function folderOf(name: string, documents: ReturnType<typeof remarked>): string {
  for (const document of documents) {
    const path = join(folder, name, document.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, document.text);
  }
  return join(folder, name);
}

async function servedVersion(): Promise<unknown> {
  const { body } = await server.ask("internal-auditor", "{ viewer { id } }");
  return (body.extensions?.["access"] as { policyVersion: string } | undefined)?.policyVersion;
}

test(
  "from a folder to ACTIVE by two people, and back; who did it is kept",
  async () => {
    const before = String(await servedVersion());
    const documents = folderOf("sound", remarked("from the shell"));
    const submitted = await builtPolicy(ADMIN, "submit", documents, "--note", "A remark.");
    expect(submitted).toEqual({ code: 0, said: expect.stringContaining("is DRAFT") });
    const digest = submitted.said.slice(0, 64);
    expect(await policy(ADMIN, "submit", documents)).toMatchObject({ code: 2 });

    expect(await builtPolicy(ADMIN, "test-version", digest.slice(0, 12))).toEqual({
      code: 0,
      said: expect.stringMatching(/is TESTED[^]* 0 failed, 0 findings/),
    });
    expect(await policy(OFFICER, "approve", digest)).toMatchObject({ code: 0 });
    const own = await builtPolicy(ADMIN, "activate", digest);
    expect(own).toEqual({ code: 2, said: expect.stringContaining("FOUR_EYES_REQUIRED") });
    const stale = await policy(OFFICER, "activate", digest, "--replaces", digest);
    expect(stale).toEqual({ code: 2, said: expect.stringContaining("VERSION_CONFLICT") });
    const activated = await policy(OFFICER, "activate", digest, "--replaces", before);
    expect(activated).toEqual({ code: 0, said: expect.stringContaining("is ACTIVE") });
    await eventually(async () => expect(await servedVersion()).toBe(digest));

    const { said } = await policy(ADMIN, "history", digest);
    for (const word of ["SUBMITTED", "COMMAND", ADMIN, OFFICER, "A remark."])
      expect(said).toContain(word);
    expect((await policy("internal-auditor", "list")).said).toContain(digest.slice(0, 12));
    expect(await policy(ADMIN, "activate", before)).toMatchObject({ code: 0 });
    await eventually(async () => expect(await servedVersion()).toBe(before));
  },
  PATIENCE_MS,
);

test(
  "a version that locks the operator's people out stays a DRAFT",
  async () => {
    const documents = productDocuments("roles/compliance-officer.yaml", (text) =>
      text.replace("may: [approvePolicy, activatePolicy]", "may: [activatePolicy]"),
    );
    const digest = await storeVersion(server.database.url, { documents, state: "DRAFT" });
    expect(await policy(ADMIN, "test-version", digest)).toEqual({
      code: 1,
      said: expect.stringContaining("No other policy could follow this one"),
    });
  },
  PATIENCE_MS,
);

test(
  "companies' people, strangers and outsiders get nowhere",
  async () => {
    const documents = remarked("for others");
    const digest = await storeVersion(server.database.url, { documents, state: "APPROVED" });
    for (const who of ["platform-admin", "transferee-compliance-officer", "cs-agent"])
      expect(await policy(who, "activate", digest)).toEqual({
        code: 2,
        said: expect.stringContaining("FORBIDDEN"),
      });
    for (const who of ["nobody", "partner-system", ""])
      expect(await policy(who, "activate", digest)).toEqual({
        code: 1,
        said: expect.stringContaining("no one active person"),
      });
    expect(await policy("cs-agent", "list")).toMatchObject({ code: 2 });
    expect(await policy(ADMIN, "retire", digest)).toMatchObject({ code: 0 });
  },
  PATIENCE_MS,
);

test.each([
  [ADMIN, ["activate", "0123456789ab"], "No version begins with 0123456789ab."],
  [OFFICER, ["approve", "latest"], '"latest" is no digest'],
  [ADMIN, ["submit", "there-is-none"], "there-is-none"],
])("%s is told what is wrong with %j", async (who, words, message) => {
  const { code, said } = await policy(who, ...words);
  expect([code, said]).toEqual([1, expect.stringContaining(message)]);
});

test("documents with faults are told with file and line, and nothing is stored", async () => {
  const documents = productDocuments("rows.yaml", (text) => text.replace("about:", "abuot:"));
  const { code, said } = await policy(ADMIN, "submit", folderOf("faulty", documents));
  expect([code, said]).toEqual([1, expect.stringMatching(/^rows\.yaml:\d+: /)]);
});

test("where the active version can't be loaded, two of the operator's people still mend it", async () => {
  const active = String(await servedVersion());
  const spoilt = productDocuments("rows.yaml", (text) => text.replace("about:", "abuot:"));
  const broken = await storeVersion(server.database.url, { documents: spoilt, state: "RETIRED" });
  const documents = remarked("sound again");
  const sound = await storeVersion(server.database.url, { documents, state: "TESTED" });
  await tamper(
    server.database.url,
    `update policy_version set state = 'RETIRED' where digest = '${active}'; update policy_version set state = 'ACTIVE' where digest = '${broken}'`,
  );
  expect((await policy("compliance-officer", "approve", sound)).code).toBe(2);
  const approved = await policy(OFFICER, "approve", sound);
  expect(approved).toEqual({ code: 0, said: expect.stringContaining("can't be loaded") });
  expect((await policy(ADMIN, "activate", sound)).code).toBe(2);
  expect(await policy(OFFICER, "activate", sound)).toMatchObject({ code: 0 });
  await eventually(async () => expect(await servedVersion()).toBe(sound));
});
