import { createHash } from "node:crypto";
import fc from "fast-check";
import { proveInclusion } from "../../../../src/audit/tree/proofs.ts";
import { formatTlogProof } from "../../../../src/audit/notes/tlog-proof.ts";
import { compareCheckpoints } from "../../../../src/audit/evidence/compare-checkpoints.ts";
import { readTar } from "../../../../src/audit/evidence/read-tar.ts";
import { verifyProof } from "../../../../src/audit/evidence/verify-proof.ts";
import { parseCheckpoint } from "../../../../src/audit/notes/checkpoint.ts";
import { parseConsistencyProof } from "../../../../src/audit/notes/consistency-proof.ts";
import { InvariantError } from "../../../../src/lib/invariant.ts";
import { digestOf } from "../../../../src/policy/document.ts";
import { PolicyDigest } from "../../../../src/audit/evidence/policy-digest.ts";
import {
  bundleBytes,
  type EvidenceWorld,
  evidenceWorld,
  repack,
  unpack,
  verified,
} from "../../../support/evidence-world.ts";
import { freshSigner } from "../../../support/log-world.ts";

let world: EvidenceWorld;
beforeAll(async () => {
  world = await evidenceWorld(12_000, { step: 1 });
});

describe("a bundle", () => {
  test("of many records comes in parts, and verifies", async () => {
    const bundle = await bundleBytes(await world.contents(12_000));
    const verdict = await verified(bundle, { keys: [world.log.key] });
    expect(verdict).toMatchObject({ verdict: "OK", faults: [], notices: [], records: 11_999 });
    const parts = [...(await unpack(bundle)).keys()].filter((path) => path.startsWith("parts/"));
    expect(parts).toEqual([
      "parts/00000001.inclusion",
      "parts/00000001.records.ndjson",
      "parts/00000002.inclusion",
      "parts/00000002.records.ndjson",
      "parts/00000003.inclusion",
      "parts/00000003.records.ndjson",
    ]);
  });

  test("is the same bytes for the same contents", async () => {
    const digests = [];
    for (let time = 0; time < 2; time += 1) {
      const contents = await world.contents(5_000);
      // Ed25519 signs the same text alike; the checkpoint is signed once.
      const bundle = await bundleBytes(contents);
      digests.push(createHash("sha256").update(bundle).digest("hex"));
    }
    expect(digests[0]).toBe(digests[1]);
  });

  test("without a part in the middle lacks records, without the last one its tail", async () => {
    const files = await unpack(await bundleBytes(await world.contents(12_000)));
    const without = async (part: string): Promise<unknown> => {
      const left = [...files].filter(([path]) => !path.startsWith(`parts/${part}`));
      const { verdict, faults } = await verified(await repack(new Map(left)));
      return [verdict, faults.length];
    };
    expect(await without("00000002")).toEqual(["RECORD_MISSING", 1]);
    expect(await without("00000003")).toEqual(["TAIL_CUT", 1]);
  });

  test("without records is whole", async () => {
    const contents = await world.contents(1);
    expect(await verified(await bundleBytes(contents))).toMatchObject({
      verdict: "OK",
      records: 0,
    });
  });

  test("tells that its keys are its own where none was given", async () => {
    const { verdict, notices } = await verified(await bundleBytes(await world.contents(10)));
    expect(verdict).toBe("OK");
    expect(notices).toHaveLength(1);
  });

  test("that was altered where it is stored is told by the tree's own leaf hash", async () => {
    const contents = await world.contents(10);
    const records = (async function* () {
      for await (const record of contents.records)
        yield record.index === 4 ? { ...record, text: record.text.replace("4", "5") } : record;
    })();
    const verdict = await verified(await bundleBytes({ ...contents, records }));
    expect(verdict.faults).toMatchObject([
      { code: "RECORD_ALTERED", subject: "parts/00000001.records.ndjson record 4" },
    ]);
  });

  test("in which any bit of any file was flipped does not verify", async () => {
    const files = await unpack(await bundleBytes(await world.contents(60)));
    const paths = [...files.keys()];
    const flips = fc.record({ path: fc.constantFrom(...paths), at: fc.nat(), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(flips, async ({ path, at, bit }) => {
        const content = Buffer.from(files.get(path) as Buffer);
        const place = at % content.length;
        content[place] = (content[place] as number) ^ (1 << bit);
        const bundle = await repack(new Map([...files, [path, content]]));
        expect((await verified(bundle, { keys: [world.log.key] })).verdict).not.toBe("OK");
      }),
      { numRuns: 200 },
    );
  });

  test("with more records in a part than one may have is refused before it fills the memory", async () => {
    const files = await unpack(await bundleBytes(await world.contents(60)));
    files.set("parts/00000001.records.ndjson", Buffer.alloc(5_000, "\n"));
    expect(await verified(await repack(files))).toMatchObject({
      verdict: "MALFORMED",
      faults: [{ code: "MALFORMED", subject: "parts/00000001.records.ndjson" }],
    });
  });

  test("is not written with records out of order or of two lines", async () => {
    const contents = await world.contents(10);
    for (const pair of [
      [
        { index: 2, text: "a" },
        { index: 1, text: "b" },
      ],
      [{ index: 1, text: "a\nb" }],
    ]) {
      const records = (async function* () {
        yield* pair;
      })();
      await expect(bundleBytes({ ...contents, records })).rejects.toThrow(InvariantError);
    }
  });

  test("checks policy documents by the version that the policy room computes", () => {
    const files = [
      { name: "a.yaml", text: 'one: "\u2028 \\ \u0007 审计"\r\n' },
      { name: "roles/b.yaml", text: "" },
    ];
    const digest = new PolicyDigest();
    for (const file of files) digest.add(file);
    expect(digest.version()).toBe(digestOf(files));
  });
});

describe("an archive is read strictly", () => {
  test.each([
    ["a link", 156, "2"],
    ["an extended header", 156, "x"],
    ["another format", 257, "x"],
    ["another checksum", 148, "7"],
  ])("%s is refused", async (_, at, letter) => {
    const bundle = await bundleBytes(await world.contents(10));
    bundle.write(letter, at, "latin1");
    expect(await verified(bundle)).toMatchObject({ verdict: "MALFORMED" });
  });

  test("files that the reader leaves unread are passed over", async () => {
    const bundle = await bundleBytes(await world.contents(10));
    const paths: string[] = [];
    const bytes = (async function* () {
      yield bundle;
    })();
    for await (const { path } of readTar(bytes)) paths.push(path);
    expect(paths.slice(0, 3)).toEqual(["README.txt", "checkpoint", "keys.json"]);
    expect(paths.at(-1)).toBe("manifest.sig");
  });
});

describe("two checkpoints", () => {
  const named = async (from: EvidenceWorld, size: number) => ({
    subject: `${size}`,
    signed: parseCheckpoint(await from.checkpoint(size)),
  });

  test("of one log agree, by a proof where the sizes differ", async () => {
    const [one, two] = [await named(world, 70), await named(world, 90)];
    const keys = [world.log.key];
    const proofs = [parseConsistencyProof(await world.consistency(70, 90))];
    const compared = (given: object): unknown =>
      compareCheckpoints({ checkpoints: [two, one], proofs, keys, ...given }).verdict;
    expect(compared({})).toBe("OK");
    expect(compared({ checkpoints: [one, one], proofs: [] })).toBe("OK");
    expect(compared({ proofs: [] })).toBe("CONSISTENCY_MISSING");
    expect(compared({ keys: [freshSigner().key] })).toBe("WRONG_KEY");
    const other = { ...two, signed: { ...two.signed, origin: "log.example/other" } };
    expect(compared({ checkpoints: [one, other], keys: [] })).toBe("OTHER_LOG");
  });

  test("of a log that was shown differently are a split view", async () => {
    const { log, witness } = world;
    const fork = await evidenceWorld(100, { log, witness, logged: (index) => `other ${index}` });
    const keys = [log.key];
    const compared = async (size: number, proofs: string[]): Promise<unknown> => {
      const checkpoints = [await named(world, 70), await named(fork, size)] as const;
      const parsed = proofs.map(parseConsistencyProof);
      return compareCheckpoints({ checkpoints, proofs: parsed, keys }).verdict;
    };
    expect(await compared(70, [])).toBe("SPLIT_VIEW");
    expect(await compared(90, [await fork.consistency(70, 90)])).toBe("SPLIT_VIEW");
  });
});

describe("a tlog-proof file", () => {
  test("proves its record, given beside it or in its extra line, and no other", async () => {
    const [hashes = []] = await proveInclusion({ source: world.tiles, size: 90, indexes: [41] });
    const checkpoint = await world.checkpoint(90);
    const record = Buffer.from(world.texts[41] as string);
    const judged = (extra: Buffer | null, given: Buffer | null, key = world.log.key): string => {
      const file = Buffer.from(formatTlogProof({ index: 41, extra, hashes, checkpoint }));
      const witnesses = [world.witness.key];
      return verifyProof({ file, subject: "p", record: given, keys: [key], witnesses }).verdict;
    };
    expect(judged(null, record)).toBe("OK");
    expect(judged(record, null)).toBe("OK");
    expect(judged(null, null)).toBe("PROOF_INVALID");
    expect(judged(record, Buffer.from("{}"))).toBe("PROOF_INVALID");
    expect(judged(record, null, freshSigner().key)).toBe("WRONG_KEY");
  });
});
