import type { Pool } from "pg";
import { manifestShape } from "../../src/audit/evidence/bundle-format.ts";
import { createPool } from "../../src/database/pool.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import {
  askForEvidence,
  EVERYTHING_PUT,
  auditedRecords,
  download,
  INTERNAL_AUDIT,
  prepared,
  progressOf,
  sealingInto,
} from "../support/evidence-exports.ts";
import { unpack, verified } from "../support/evidence-world.ts";
import { eventually } from "../support/eventually.ts";
import { SEALING, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

/** Another audit of the same organisation by the same auditor, to be ended. */
const OTHER_AUDIT = "0192a000-0000-7000-8000-00000000b004";
const ADVANCE = `mutation ($input: AdvanceAuditInput!) { advanceAudit(input: $input) { engagement { state } } }`;

let now = TEMPLATE_NOW;
let server: TestServer;
let pool: Pool;
let seal: ReturnType<typeof sealingInto>;
beforeAll(async () => {
  server = await startTestServer({ now: () => now, settings: SEALING });
  pool = createPool({ url: server.database.url, max: 2 });
  seal = sealingInto(pool);
  await seal(auditedRecords(40));
}, 60_000);
afterAll(async () => {
  await pool.end();
  await server.close();
});
afterEach(() => {
  now = TEMPLATE_NOW;
});

/** An export that is ready. */
async function readyExport(engagementId = INTERNAL_AUDIT): Promise<string> {
  const id = await askForEvidence(server, { ...EVERYTHING_PUT, engagementId });
  expect(await prepared(server, id)).toMatchObject({ state: "READY" });
  return id;
}

async function refusalOf(id: string, caller?: string): Promise<unknown> {
  const { status, body } = await download(server, id, { ...(caller !== undefined && { caller }) });
  const { code } = JSON.parse(body.toString()) as { code: string };
  return { status, code };
}

describe("who may have evidence", () => {
  test("without a token there is none", async () => {
    const { status } = await fetch(`${server.url}/audit/evidence/${await readyExport()}`);
    expect(status).toBe(401);
  });

  test.each(["cs-agent", "external-auditor", "transferee-internal-auditor"])(
    "for %s what is not theirs does not exist, and what does not exist is the same",
    async (caller) => {
      const missing = "0192a000-0000-7000-8000-0000000000ff";
      const answers = [
        await refusalOf(await readyExport(), caller),
        await refusalOf(missing, caller),
      ];
      expect(answers).toEqual([answers[0], answers[0]]);
      expect(answers[0]).toMatchObject({
        code: expect.stringMatching(/NOT_FOUND|PURPOSE_REQUIRED/),
      });
    },
  );

  test("a compliance officer sees how far an auditor's export is, and cannot download it", async () => {
    const id = await readyExport();
    const token = await server.tokenOf("compliance-officer");
    const headers = { authorization: `Bearer ${token}`, "x-purpose": "LEGAL_RETENTION" };
    const { status } = await fetch(`${server.url}/audit/evidence/${id}`, { headers });
    expect(status).toBe(403);
    const { body } = await server.ask(
      "compliance-officer",
      `{ evidenceExport(id: "${id}") { state } }`,
      {
        purpose: "LEGAL_RETENTION",
      },
    );
    expect(body.data).toEqual({ evidenceExport: { state: "READY" } });
  });

  test("an audit outside the caller's reach has no evidence to ask for", async () => {
    const engagementId = "0192a000-0000-7000-8000-00000000b008";
    await expect(askForEvidence(server, { engagementId })).rejects.toThrow("NOT_FOUND");
  });

  test("an audit that does not look at records gives none", async () => {
    const engagementId = "0192a000-0000-7000-8000-00000000b005";
    await expect(askForEvidence(server, { engagementId })).rejects.toThrow("INVALID_STATE");
  });
});

describe("when it ends", () => {
  test("an audit that no longer looks at records ends the download of its evidence", async () => {
    const id = await readyExport(OTHER_AUDIT);
    const { body } = await server.ask("internal-auditor", ADVANCE, {
      variables: { input: { id: OTHER_AUDIT, to: "FINAL", expectedVersion: 1 } },
    });
    expect(body.errors).toBeUndefined();
    expect(await refusalOf(id)).toEqual({ status: 410, code: "EVIDENCE_ENDED" });
  });

  test("after its days nothing is given, and its parts are forgotten", async () => {
    const id = await readyExport();
    now = new Date(TEMPLATE_NOW.getTime() + 7 * 86_400_000);
    expect(await refusalOf(id)).toEqual({ status: 410, code: "EVIDENCE_ENDED" });
    await eventually(async () => {
      const { rows } = await pool.query("SELECT 1 FROM evidence_part WHERE export_id = $1", [id]);
      expect(rows).toEqual([]);
      expect(await progressOf(server, id)).toMatchObject({ state: "EXPIRED" });
    });
  });

  test("who may no longer read what is in it gets nothing of it", async () => {
    const id = await readyExport();
    // As if the organisation's records had been opened to the caller beside those of now.
    await pool.query("ALTER TABLE evidence_export DISABLE TRIGGER evidence_export_stays");
    const { transferor, transferee } = DEMO_ORGANISATIONS;
    await pool.query("UPDATE evidence_export SET scope = replace(scope, $2, $3) WHERE id = $1", [
      id,
      transferor.id,
      transferee.id,
    ]);
    await pool.query("ALTER TABLE evidence_export ENABLE TRIGGER evidence_export_stays");
    await seal(auditedRecords(1, { concerned: [transferee.id] }));
    // Nobody else's record is below the frozen size yet, so nothing is lost.
    expect((await download(server, id)).status).toBe(200);
    const later = await askForEvidence(server);
    await prepared(server, later);
    await pool.query("ALTER TABLE evidence_export DISABLE TRIGGER evidence_export_stays");
    await pool.query("UPDATE evidence_export SET scope = replace(scope, $2, $3) WHERE id = $1", [
      later,
      transferor.id,
      transferee.id,
    ]);
    await pool.query("ALTER TABLE evidence_export ENABLE TRIGGER evidence_export_stays");
    expect(await refusalOf(later)).toEqual({ status: 410, code: "EVIDENCE_ENDED" });
  });
});

describe("what is asked for", () => {
  test("is frozen: records that follow are not in it", async () => {
    const id = await readyExport();
    const { body: before } = await download(server, id);
    await seal(auditedRecords(5));
    const { body: after } = await download(server, id);
    expect(after.equals(before)).toBe(true);
  });

  test("goes by the filter of decisions", async () => {
    await seal(auditedRecords(3, { purpose: "MARKETING" }));
    const id = await askForEvidence(server, {
      engagementId: INTERNAL_AUDIT,
      filter: { purpose: "MARKETING" },
    });
    const { records, filter } = await prepared(server, id);
    expect(records).toBe(3);
    expect(JSON.parse(filter ?? "")).toEqual({ and: [{ purpose: { eq: "MARKETING" } }] });
  });

  test("under one name is one export", async () => {
    const input = { engagementId: INTERNAL_AUDIT, clientMutationId: "evidence-1" };
    const first = await askForEvidence(server, input);
    await seal(auditedRecords(1));
    expect(await askForEvidence(server, input)).toBe(first);
    const other = { ...input, filter: { purpose: "MARKETING" } };
    await expect(askForEvidence(server, other)).rejects.toThrow("IDEMPOTENCY_CONFLICT");
  });

  test("proves that the log grew from what earlier exports of the audit showed", async () => {
    const { treeSize } = await progressOf(server, await readyExport());
    await seal(auditedRecords(2));
    const { body } = await download(server, await readyExport());
    const files = await unpack(body);
    expect([...files.keys()]).toContain(`consistency/${String(treeSize).padStart(16, "0")}.txt`);
    expect(await verified(body)).toMatchObject({ verdict: "OK" });
  });
});

describe("what was done to the log", () => {
  test("a record that was removed is missing from what is kept", async () => {
    await seal(auditedRecords(4));
    await change("DELETE FROM decision WHERE tree_index = (SELECT max(tree_index) FROM decision)");
    const { body } = await download(server, await readyExport());
    const manifest = JSON.parse(String((await unpack(body)).get("manifest.json")));
    const { scope, checkpoint } = manifestShape.parse(manifest);
    expect(scope["kept"]).toBe(checkpoint.size - 1);
  });

  test("a record that was changed before is found by whoever verifies", async () => {
    await change(
      "UPDATE decision SET body = replace(body, 'idNumber', 'fullName') WHERE tree_index = 7",
    );
    const { body } = await download(server, await readyExport());
    const { verdict, faults } = await verified(body);
    expect(verdict).toBe("RECORD_ALTERED");
    expect(faults[0]?.subject).toContain("record 7");
  });

  test("a record that is changed while it is downloaded breaks the download off", async () => {
    const id = await readyExport();
    await change("UPDATE decision SET body = replace(body, 'phone', 'phono') WHERE tree_index = 9");
    await expect(download(server, id)).rejects.toThrow(/aborted|terminated|hang up/);
    expect(server.logged()).toContain("a download of evidence was ended");
  });

  async function change(sql: string): Promise<void> {
    await pool.query("ALTER TABLE decision DISABLE TRIGGER USER");
    const { rows } = await pool.query<{ part: string }>(
      "SELECT relid::text AS part FROM pg_partition_tree('decision') WHERE isleaf",
    );
    for (const { part } of rows) await pool.query(`ALTER TABLE ${part} DISABLE TRIGGER USER`);
    await pool.query(sql);
  }
});

test("asking and each download are on record before anything is given", async () => {
  const id = await readyExport();
  await download(server, id);
  await eventually(async () => {
    const { rows } = await pool.query<{ about: string }>(
      `SELECT body::json ->> 'about' AS about FROM decision
        WHERE action = 'VERB' AND body LIKE '%' || $1 || '%'`,
      [id],
    );
    expect(rows.map(({ about }) => about).join()).toContain("downloadEvidence");
  });
  const { rows } = await pool.query(
    "SELECT 1 FROM decision WHERE body LIKE '%exportEvidence%' AND action = 'VERB'",
  );
  expect(rows).not.toHaveLength(0);
});
