import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatTlogProof } from "../../../src/audit/notes/tlog-proof.ts";
import { proveInclusion } from "../../../src/audit/tree/proofs.ts";
import { bundleBytes, type EvidenceWorld, evidenceWorld } from "../../support/evidence-world.ts";
import { freshSigner } from "../../support/log-world.ts";
import { hasPython, pythonClaim, runSecondVerifier } from "../../support/second-verifier.ts";

/** The built command: `npm test` builds it before it runs anything. */
const cli = join(import.meta.dirname, "../../../dist/src/cli.js");
const isBuilt = existsSync(cli);
const testWithBuild = isBuilt ? test : test.skip;
const claim = isBuilt ? "" : " (skipped: dist is not built; npm test builds it)";
const isWhole = isBuilt && hasPython;
const testWithBoth = isWhole ? test : test.skip;
const bothClaim = isBuilt ? pythonClaim : claim;

const folder = mkdtempSync(join(tmpdir(), "custodia-audit-"));
const at = (name: string): string => join(folder, name);
let world: EvidenceWorld;
let key: string;
beforeAll(async () => {
  world = await evidenceWorld(60);
  key = world.log.key.text;
  const { log, witness } = world;
  const fork = await evidenceWorld(60, { log, witness, logged: (index) => `other ${index}` });
  writeFileSync(at("30.tar"), await bundleBytes(await world.contents(30)));
  writeFileSync(at("50.tar"), await bundleBytes(await world.contents(50)));
  writeFileSync(at("30-50"), await world.consistency(30, 50));
  for (const size of [30, 50]) writeFileSync(at(`${size}`), await world.checkpoint(size));
  writeFileSync(at("fork"), await fork.checkpoint(50));
  const [hashes = []] = await proveInclusion({ source: world.tiles, size: 50, indexes: [7] });
  const checkpoint = await world.checkpoint(50);
  writeFileSync(at("7"), formatTlogProof({ index: 7, extra: null, hashes, checkpoint }));
  writeFileSync(at("record"), `${world.texts[7]}\n`);
  writeFileSync(at("other-record"), "{}\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The command alone, which starts sooner than all of them; with an empty environment: no settings. */
const alone = `
  import { auditCommand } from ${JSON.stringify(pathToFileURL(join(cli, "../commands/audit.js")).href)};
  await auditCommand().parseAsync(process.argv.slice(1), { from: "user" });
`;

function audit(...words: string[]): { code: number | null; said: string } {
  return run(["--input-type=module", "-e", alone, "--", ...words]);
}

function run(words: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: "utf8",
    env: {},
    cwd: folder,
  });
  return { code: status, said: stdout + stderr };
}

testWithBuild(`the command line has it, and asks for no settings and no database${claim}`, () => {
  expect(run([cli, "audit", "verify", "30.tar", "--key", key])).toEqual({
    code: 0,
    said: expect.stringMatching(/verdict OK\n$/),
  });
  expect(run([cli, "audit", "verify"]).code).toBe(2);
});

testWithBuild(`a good bundle verifies with one line for each check${claim}`, () => {
  const { code, said } = audit("verify", "30.tar", "--key", key);
  expect(said.trimEnd().split("\n")).toEqual([
    "ok      checkpoint is signed by the log (by keys that were given)",
    "ok      checkpoint is cosigned by its witnesses (1 witnesses)",
    "ok      manifest is signed",
    "ok      records are those of the log (10 records in 1 parts)",
    "ok      records are all that the manifest names",
    "ok      files are as the manifest says (10 files)",
    "verdict OK",
  ]);
  expect(code).toBe(0);
});

testWithBuild(`another key is told in a table and by exit code 1${claim}`, () => {
  const { code, said } = audit("verify", "30.tar", "--key", freshSigner().key.text);
  expect(said).toContain("NOT OK  checkpoint is signed by the log");
  expect(said).toMatch(/│ WRONG_KEY +│ checkpoint +│/);
  expect(said).toMatch(/verdict WRONG_KEY\n$/);
  expect(code).toBe(1);
});

testWithBuild.each([
  ["no file", ["verify"]],
  ["a file that is not there", ["verify", "nowhere.tar"]],
  ["a key of another form", ["verify", "30.tar", "--key", "secret"]],
  ["an option that there is not", ["verify", "30.tar", "--trust-me"]],
  ["a proof that is none", ["verify", "30.tar", "--proof", "record"]],
  ["a memory that is none", ["verify", "30.tar", "--remember", "record"]],
  ["a step that there is not", ["prove"]],
  ["one checkpoint", ["compare", "30"]],
])(`bad usage has exit code 2: %s${claim}`, (_, words) => {
  expect(audit(...words).code).toBe(2);
});

testWithBuild(`what is remembered has to be continued${claim}`, () => {
  const verify = (bundle: string, ...more: string[]): unknown => {
    const { code, said } = audit("verify", bundle, "--json", "--remember", "memory", ...more);
    return [code, (JSON.parse(said) as { verdict: string }).verdict];
  };
  expect(verify("30.tar", "--key", key)).toEqual([0, "OK"]);
  expect(readFileSync(at("memory"), "utf8")).toContain(key);
  expect(verify("50.tar")).toEqual([1, "CONSISTENCY_MISSING"]);
  expect(verify("50.tar", "--proof", "30-50")).toEqual([0, "OK"]);
  expect(verify("30.tar")).toEqual([1, "OLD_CHECKPOINT"]);
  expect(verify("50.tar")).toEqual([0, "OK"]);
});

testWithBoth(`each verifier goes on with what the other remembered${bothClaim}`, () => {
  const memory = at("shared-memory");
  const words = ["--remember", memory];
  expect(audit("verify", "30.tar", "--key", key, ...words).code).toBe(0);
  expect(runSecondVerifier([at("50.tar"), ...words]).code).toBe(1);
  expect(runSecondVerifier([at("50.tar"), ...words, "--proof", at("30-50")]).code).toBe(0);
  expect(audit("verify", "30.tar", ...words).said).toContain("OLD_CHECKPOINT");
});

const COMPARED: [string, string[], string][] = [
  ["a log and itself", ["50", "50"], "OK"],
  ["a log that grew", ["30", "50", "--proof", "30-50"], "OK"],
  ["a log that nothing proves to have grown", ["50", "30"], "CONSISTENCY_MISSING"],
  ["two logs of one size", ["50", "fork"], "SPLIT_VIEW"],
  ["a log and another that grew", ["30", "fork", "--proof", "30-50"], "SPLIT_VIEW"],
  ["what is no checkpoint", ["50", "record"], "MALFORMED"],
];

testWithBuild.each(COMPARED)(`comparing %s: %j is %s${claim}`, (_, words, verdict) => {
  const { code, said } = audit("compare", ...words, "--key", key);
  expect(said).toMatch(new RegExp(`verdict ${verdict}\\n$`));
  expect(code).toBe(verdict === "OK" ? 0 : 1);
});

const PROVED: [string, string[], string][] = [
  ["its record", ["7", "--record", "record"], "OK"],
  ["another record", ["7", "--record", "other-record"], "PROOF_INVALID"],
  ["what is no proof", ["record", "--record", "record"], "MALFORMED"],
];

testWithBuild.each(PROVED)(
  `a proof file is verified with %s: %j is %s${claim}`,
  (_, words, verdict) => {
    const { code, said } = audit("verify-proof", ...words, "--key", key);
    expect(said).toMatch(new RegExp(`verdict ${verdict}\\n$`));
    expect(code).toBe(verdict === "OK" ? 0 : 1);
  },
);

const testWithPython = hasPython ? test : test.skip;
const inFolder = (word: string): string => (existsSync(at(word)) ? at(word) : word);

testWithPython.each([
  ...COMPARED.map(([name, words, verdict]) => [name, ["--compare", ...words], verdict] as const),
  ...PROVED.map(([name, words, verdict]) => [name, ["--inclusion", ...words], verdict] as const),
])(`the second verifier says the same of %s: %j is %s${pythonClaim}`, (_, words, verdict) => {
  const { code, out } = runSecondVerifier([...words.map(inFolder), "--key", key]);
  expect(out).toMatch(new RegExp(`verdict ${verdict}\\n$`));
  expect(code).toBe(verdict === "OK" ? 0 : 1);
});

testWithPython(`the second verifier passes the 98 vectors${pythonClaim}`, () => {
  const vectors = join(import.meta.dirname, "../audit/fixtures/merkle-vectors.json");
  expect(runSecondVerifier(["--vectors", vectors])).toEqual({
    code: 0,
    out: "98 vectors, 0 judged wrongly\n",
  });
});

testWithPython(`bad usage of the second verifier has exit code 2${pythonClaim}`, () => {
  for (const words of [[], ["nowhere.tar"], [at("30.tar"), "--key", "x"], [at("30.tar"), "--x"]])
    expect(runSecondVerifier(words).code).toBe(2);
});
