import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FAULT_MEANINGS } from "../../../../src/audit/evidence/fault.ts";
import { formatRemembered } from "../../../../src/audit/evidence/remembered.ts";
import { parseConsistencyProof } from "../../../../src/audit/notes/consistency-proof.ts";
import { evidenceWorld, remembering, verified } from "../../../support/evidence-world.ts";
import {
  hasPython,
  pythonClaim,
  type Said,
  secondVerdict,
} from "../../../support/second-verifier.ts";
import type { Case, Worlds } from "../../../support/changed-bundles.ts";
import { TAMPERINGS } from "../../../support/tamperings.ts";

const folder = mkdtempSync(join(tmpdir(), "custodia-evidence-"));
afterAll(() => rmSync(folder, { recursive: true }));
const testWithPython = hasPython ? test : test.skip;

let worlds: Worlds;
beforeAll(async () => {
  const world = await evidenceWorld(200);
  const { log, witness } = world;
  const logged = (index: number): string =>
    index === 11 ? "another story" : (world.texts[index] as string);
  worlds = { world, fork: await evidenceWorld(200, { log, witness, logged }) };
});

describe("tamper table", () => {
  test.each(TAMPERINGS)("%s: %s", async (_, verdict, make) => {
    expect(await firstVerdict(await make(worlds))).toMatchObject({ verdict });
  });

  testWithPython.each(TAMPERINGS)(
    `the second verifier agrees: %s: %s${pythonClaim}`,
    async (_, verdict, make) => {
      const made = await make(worlds);
      const second = secondVerdict(wordsFor(made));
      expect(second.verdict).toBe(verdict);
      const first = await firstVerdict(made);
      expect(placesOf(second)).toEqual(placesOf(first));
    },
  );

  test("holds every verdict there is", () => {
    const found = new Set<string>(TAMPERINGS.map(([, verdict]) => verdict));
    const codes = Object.keys(FAULT_MEANINGS);
    // Of another log is what compare says, see compare.test.ts.
    expect(codes.filter((code) => !found.has(code))).toEqual(["OTHER_LOG"]);
  });
});

function firstVerdict({ bundle, remembered, proofs = [], witnesses = [] }: Case): Promise<Said> {
  const { world } = worlds;
  return verified(bundle, {
    keys: [world.log.key],
    witnesses,
    proofs: proofs.map(parseConsistencyProof),
    remembered: remembered === undefined ? null : remembering(world, remembered),
  });
}

function wordsFor({ bundle, remembered, proofs = [], witnesses = [] }: Case): string[] {
  const { world } = worlds;
  const words = [kept("bundle.tar", bundle), "--key", world.log.key.text];
  for (const witness of witnesses) words.push("--witness", witness.text);
  for (const [at, proof] of proofs.entries()) words.push("--proof", kept(`proof-${at}`, proof));
  if (remembered === undefined) return words;
  const memory = formatRemembered({ keys: [world.log.key], checkpoint: remembered });
  return [...words, "--remember", kept("remembered.json", memory)];
}

function kept(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function placesOf({ faults }: Said): string[] {
  return faults.map(({ code, subject }) => `${code} ${subject}`).toSorted();
}
