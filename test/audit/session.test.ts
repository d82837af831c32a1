import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/lib/package-root.ts";
import { custodiaBeside } from "../support/custodia-beside.ts";
import { eventually } from "../support/eventually.ts";
import { hasPython } from "../support/second-verifier.ts";
import { SEALING, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { Transcript } from "../support/transcript.ts";

const CUSTOMER = "0192a000-0000-7000-8000-000000000503";
const AGENT_READS = `{ customer(id: "${CUSTOMER}") { fullName phone idNumber } }`;
const WHO_SAW = `{
  decisions(filter: { customerId: "${CUSTOMER}", caller: "cs-agent", action: READ }, first: 1) {
    nodes {
      id at caller { name } purpose policyVersion
      verdicts { fields disclosure reason rule }
    }
  }
}`;
const EXPLAIN = `query ($id: ID!) {
  explainDecision(id: $id) { agrees circumstances differences { field } policyVersion }
}`;
const PROOF = `query ($id: ID!) {
  decision(id: $id) { record treeIndex proof { checkpoint { treeSize root } file } }
  logKeys { kind verifierKey }
}`;

interface Seen {
  readonly id: string;
  readonly caller: { readonly name: string };
  readonly verdicts: readonly { readonly fields: readonly string[]; readonly disclosure: string }[];
}

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(), settings: SEALING });
  folder = mkdtempSync(join(tmpdir(), "custodia-session-"));
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const isBuilt = existsSync(join(packageRoot(), "dist", "src", "cli.js"));
const testBuilt = isBuilt ? test : test.skip;

testBuilt(
  `an auditor comes from a question to a proof that needs nobody${isBuilt ? "" : " (skipped: nothing is built)"}`,
  async () => {
    const transcript = new Transcript();
    const auditor = server.asCaller("internal-auditor");

    transcript.say("A CS agent has looked at a customer:");
    const read = await server.ask("cs-agent", AGENT_READS, { purpose: "SERVICE_DELIVERY" });
    transcript.asked(AGENT_READS, read.body.data);

    transcript.say("The auditor asks who saw what of this customer, and by which rule:");
    let seen: Seen | undefined;
    await eventually(async () => {
      const { body } = await auditor<{ decisions: { nodes: Seen[] } }>(WHO_SAW);
      [seen] = body.data?.decisions.nodes ?? [];
      expect(seen).toBeDefined();
    });
    transcript.asked(WHO_SAW, { decisions: { nodes: [seen] } });
    expect(seen?.caller.name).toBe("cs-agent");
    const clear = seen?.verdicts.filter(({ disclosure }) => disclosure === "CLEAR") ?? [];
    expect(clear.flatMap(({ fields }) => fields)).toContain("fullName");

    transcript.say("Was that right? The decision is made once more, as it was:");
    const id = seen?.id ?? "";
    const explained = await auditor<{ explainDecision: { agrees: boolean } }>(EXPLAIN, { id });
    transcript.asked(EXPLAIN, explained.body.data);
    expect(explained.body.data?.explainDecision.agrees).toBe(true);

    transcript.say("The record and its proof, as two files:");
    type Proved = {
      decision: { record: string; proof: { file: string } };
      logKeys: { kind: string; verifierKey: string }[];
    };
    const { data } = (await auditor<Proved>(PROOF, { id })).body;
    transcript.asked(PROOF, data);
    const key = data?.logKeys.find(({ kind }) => kind === "LOG")?.verifierKey ?? "";
    writeFileSync(join(folder, "record.json"), data?.decision.record ?? "");
    writeFileSync(join(folder, "record.tlog-proof"), data?.decision.proof.file ?? "");
    const custodia = custodiaBeside(server, { folder, transcript });
    const one = ["audit", "verify-proof", "record.tlog-proof", "--record", "record.json"];
    expect(await custodia([...one, "--key", key])).toMatchObject({ code: 0 });

    transcript.say("The evidence of the whole audit, downloaded:");
    const engagement = ["--engagement", "ENGAGEMENT-2026-003"];
    const who = ["--as", "internal-auditor", "--url", server.url];
    const asked = ["audit", "export", ...engagement, "--out", "evidence.tar", ...who];
    expect(await custodia(asked)).toMatchObject({ code: 0 });

    transcript.say("It is verified offline, by a key that the auditor has from elsewhere:");
    await server.app.server.close();
    const whole = await custodia(["audit", "verify", "evidence.tar", "--key", key]);
    expect(whole.code).toBe(0);
    expect(whole.said).toContain("OK");

    if (hasPython) {
      transcript.say("And by a second program, which shares no code with the first:");
      const script = join(packageRoot(), "scripts", "verify-evidence.py");
      const { status, stdout } = spawnSync("python3", [script, "evidence.tar", "--key", key], {
        cwd: folder,
        encoding: "utf8",
      });
      transcript.ran(`python3 scripts/verify-evidence.py evidence.tar --key ${key}`, stdout);
      expect(status).toBe(0);
    }

    transcript.say("One word of one record is changed:");
    const bundle = readFileSync(join(folder, "evidence.tar"));
    const at = bundle.indexOf('"CLEAR"');
    bundle.write('"TOKEN"', at);
    writeFileSync(join(folder, "changed.tar"), bundle);
    const changed = await custodia(["audit", "verify", "changed.tar", "--key", key]);
    expect(changed.code).toBe(1);
    expect(changed.said).toContain("RECORD_ALTERED");
    transcript.writeWhereWanted("auditor-session.md");
  },
  120_000,
);
