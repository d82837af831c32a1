import { freshSigner, freshWitness } from "./log-world.ts";
import { bundleBytes, POLICY_VERSION, repack, unpack } from "./evidence-world.ts";
import {
  changed,
  grown,
  without,
  cut,
  flip,
  replace,
  lines,
  hashFlip,
  signatures,
  altered,
  swap,
  inOrder,
  LATER,
  PROOF,
  RECORDS,
  type Row,
  SIZE,
} from "./changed-bundles.ts";

/** Every tampering with the verdict that names it. */
export const TAMPERINGS: readonly Row[] = [
  ["nothing is done", "OK", changed(() => undefined)],
  ["the log has grown, and is proved to", "OK", grown((world) => [world.consistency(SIZE, LATER)])],
  ["a byte of a record is flipped", "RECORD_ALTERED", changed(flip(RECORDS, 20))],
  ["a byte of the last record is flipped", "RECORD_ALTERED", changed(flip(RECORDS, -5))],
  [
    "a record is removed from the middle",
    "RECORD_MISSING",
    changed(lines(RECORDS, (all) => all.splice(7, 1))),
  ],
  ["a record is removed with its proof", "RECORD_MISSING", without((at) => at === 7)],
  ["the tail is cut", "TAIL_CUT", changed(lines(RECORDS, (all) => all.splice(-2)))],
  ["the tail is cut with its proofs", "TAIL_CUT", without((at) => at >= 38)],
  ["the archive is cut in a file", "TAIL_CUT", cut(0.7)],
  [
    "the archive is cut before its end mark",
    "TAIL_CUT",
    async ({ world }) => {
      const bundle = await bundleBytes(await world.contents(SIZE));
      return { bundle: bundle.subarray(0, -1024) };
    },
  ],
  ["two records are swapped", "RECORDS_SWAPPED", changed(lines(RECORDS, (all) => swap(all, 3, 9)))],
  [
    "two records are swapped with their proofs",
    "RECORDS_SWAPPED",
    changed((files) => {
      lines(RECORDS, (all) => swap(all, 3, 9))(files);
      lines(PROOF, (all) => swap(all, 5, 11))(files);
    }),
  ],
  ["a record is added", "RECORD_ADDED", changed(lines(RECORDS, (all) => all.push("{}")))],
  [
    "all is signed again with another key",
    "WRONG_KEY",
    async ({ world }) => ({
      bundle: await bundleBytes(await world.contents(SIZE, freshSigner())),
    }),
  ],
  [
    "the signature of the checkpoint is altered",
    "BAD_SIGNATURE",
    changed(
      signatures("checkpoint", ([log, witness]) => [
        { ...log, signature: altered(log.signature) },
        witness,
      ]),
    ),
  ],
  [
    "the signature of the manifest is altered",
    "BAD_SIGNATURE",
    changed(signatures("manifest.sig", ([log]) => [{ ...log, signature: altered(log.signature) }])),
  ],
  [
    "an old bundle is shown again",
    "OLD_CHECKPOINT",
    async ({ world }) => ({
      bundle: await bundleBytes(await world.contents(SIZE)),
      remembered: await world.checkpoint(LATER),
    }),
  ],
  [
    "an old bundle is shown again, and its proof with it",
    "OLD_CHECKPOINT",
    async ({ world }) => ({
      bundle: await bundleBytes(await world.contents(SIZE)),
      remembered: await world.checkpoint(LATER),
      proofs: [await world.consistency(SIZE, LATER)],
    }),
  ],
  [
    "an old checkpoint is put into a bundle",
    "OLD_CHECKPOINT",
    async ({ world }) => {
      const files = await unpack(await bundleBytes(await world.contents(SIZE)));
      files.set("checkpoint", Buffer.from(await world.checkpoint(90)));
      return { bundle: await repack(files), remembered: await world.checkpoint(SIZE) };
    },
  ],
  [
    "two auditors are shown logs of one size",
    "SPLIT_VIEW",
    async ({ world, fork }) => ({
      bundle: await bundleBytes(await fork.contents(SIZE)),
      remembered: await world.checkpoint(SIZE),
    }),
  ],
  [
    "a log was rewritten and grew",
    "SPLIT_VIEW",
    async ({ world, fork }) => ({
      bundle: await bundleBytes(await fork.contents(LATER)),
      remembered: await world.checkpoint(SIZE),
      proofs: [await fork.consistency(SIZE, LATER)],
    }),
  ],
  ["nothing proves that the log only grew", "CONSISTENCY_MISSING", grown(() => [])],
  [
    "the manifest is edited",
    "MANIFEST_MISMATCH",
    changed(replace("manifest.json", '"count":40', '"count":39')),
  ],
  [
    "the scope in the manifest is edited",
    "MANIFEST_MISMATCH",
    changed(replace("manifest.json", "of a test", "of a jest")),
  ],
  [
    "the callers are edited",
    "MANIFEST_MISMATCH",
    changed(replace("callers.ndjson", "0123", "0124")),
  ],
  [
    "a file is added",
    "MANIFEST_MISMATCH",
    async ({ world }) => {
      const files = await unpack(await bundleBytes(await world.contents(SIZE)));
      const before = [...files].filter(
        ([path]) => path < "d" || path === "keys.json" || path === "checkpoint",
      );
      const all = [...before, ["documents/note.txt", Buffer.from("x")] as const, ...files];
      return { bundle: await repack(inOrder(new Map(all))) };
    },
  ],
  [
    "a policy document is edited",
    "POLICY_ALTERED",
    changed(flip(`policies/${POLICY_VERSION}/purposes.yaml`, 0)),
  ],
  [
    "a policy document is removed",
    "POLICY_ALTERED",
    changed((files) => files.delete(`policies/${POLICY_VERSION}/purposes.yaml`)),
  ],
  ["a bit of a proof is flipped", "PROOF_INVALID", changed(hashFlip(50))],
  ["a bit of a leaf in a proof is flipped", "PROOF_INVALID", changed(hashFlip(12))],
  ["a proof lacks a hash", "PROOF_INVALID", changed(lines(PROOF, (all) => all.pop()))],
  [
    "a cosignature is removed",
    "COSIGNATURE_MISSING",
    changed(signatures("checkpoint", ([log]) => [log])),
  ],
  [
    "a witness that the auditor asks for has not signed",
    "COSIGNATURE_MISSING",
    async ({ world }) => ({
      bundle: await bundleBytes(await world.contents(SIZE)),
      witnesses: [freshWitness("witness.example/w2").key],
    }),
  ],
  ["the callers are removed", "FILE_MISSING", changed((files) => files.delete("callers.ndjson"))],
  ["the checkpoint is removed", "FILE_MISSING", changed((files) => files.delete("checkpoint"))],
  ["the manifest is removed", "FILE_MISSING", changed((files) => files.delete("manifest.json"))],
  [
    "the manifest's signature is removed",
    "FILE_MISSING",
    changed((files) => files.delete("manifest.sig")),
  ],
  ["the proof is removed", "FILE_MISSING", changed((files) => files.delete(PROOF))],
  [
    "the records are removed with their proof",
    "TAIL_CUT",
    changed((files) => {
      files.delete(PROOF);
      files.delete(RECORDS);
    }),
  ],
  [
    "the keys are no JSON",
    "MALFORMED",
    changed((files) => files.set("keys.json", Buffer.from("{"))),
  ],
  [
    "the files stand in another order",
    "MALFORMED",
    changed((files) => {
      const readme = files.get("README.txt") as Buffer;
      files.delete("README.txt");
      files.set("README.txt", readme);
    }),
  ],
  [
    "something follows the archive",
    "MALFORMED",
    async ({ world }) => ({
      bundle: Buffer.concat([await bundleBytes(await world.contents(SIZE)), Buffer.alloc(512)]),
    }),
  ],
  ["it is no archive", "MALFORMED", async () => ({ bundle: Buffer.alloc(2_048, "x") })],
];
