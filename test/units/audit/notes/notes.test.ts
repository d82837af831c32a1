import fc from "fast-check";
import { checkpointText, parseCheckpoint } from "../../../../src/audit/notes/checkpoint.ts";
import {
  formatConsistencyProof,
  parseConsistencyProof,
} from "../../../../src/audit/notes/consistency-proof.ts";
import { parseCosignature } from "../../../../src/audit/notes/cosignature.ts";
import { NoteFormatError } from "../../../../src/audit/notes/note-format-error.ts";
import {
  cosignCheckpoint,
  signCheckpoint,
  signNote,
} from "../../../../src/audit/notes/sign-note.ts";
import { formatNote, parseNote } from "../../../../src/audit/notes/signed-note.ts";
import { formatTlogProof, parseTlogProof } from "../../../../src/audit/notes/tlog-proof.ts";
import { parseVerifierKey, verifierKeyOf } from "../../../../src/audit/notes/verifier-key.ts";
import { verifyNote } from "../../../../src/audit/notes/verify-note.ts";
import { EMPTY_ROOT, leafHash } from "../../../../src/audit/tree/hashing.ts";
import { freshSigner, freshWitness, ORIGIN } from "../../../support/log-world.ts";

/** Examples of the specifications themselves. */
const EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE_NOTE =
  "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
const POEM =
  "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n";
const POEM_NOTE = `${POEM}\n\u2014 quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n`;
const SOFA =
  "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const COSIGNED = `${SOFA}\n\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n`;

const checkpoint = { origin: ORIGIN, size: 7, root: leafHash("root"), extensions: [] };

describe("C2SP signed-note", () => {
  test("its example verifies by its key, and no other text does", () => {
    const key = parseVerifierKey(EXAMPLE_KEY);
    expect(key).toMatchObject({ name: "example.com/foo", id: "530d903a", kind: "NOTE" });
    const note = parseNote(EXAMPLE_NOTE);
    expect(verifyNote(note, [key])).toEqual({ verified: [key], failed: [], unknown: [] });
    const other = { ...note, text: "This is another message.\n" };
    expect(verifyNote(other, [key])).toEqual({ verified: [], failed: [key], unknown: [] });
    expect(formatNote(note)).toBe(EXAMPLE_NOTE);
  });

  test("a text with empty lines ends at the last of them", () => {
    const note = parseNote(Buffer.from(POEM_NOTE));
    expect(note.text).toBe(POEM);
    expect(note.signatures).toMatchObject([
      { name: "quasimodo.example/salvatore", id: "367ba04b" },
    ]);
  });

  test("what is signed verifies by exactly the keys that signed", () => {
    const [one, two, three] = [freshSigner(), freshSigner(), freshSigner()];
    const note = parseNote(signNote({ text: "Hello.\n", signers: [one, two] }));
    const verdict = verifyNote(note, [three.key, two.key]);
    expect(verdict.verified).toEqual([two.key]);
    expect(verdict.failed).toEqual([]);
    expect(verdict.unknown.map(({ id }) => id)).toEqual([one.key.id]);
  });

  test("sixteen signatures are read", () => {
    const signers = Array.from({ length: 16 }, () => freshSigner());
    const note = parseNote(signNote({ text: "Hello.\n", signers }));
    expect(
      verifyNote(
        note,
        signers.map(({ key }) => key),
      ).verified,
    ).toHaveLength(16);
  });

  test.each([
    ["nothing", ""],
    ["no signature", "Text.\n"],
    ["no line feed at the end", EXAMPLE_NOTE.slice(0, -1)],
    ["a line after the signatures", `${EXAMPLE_NOTE}more\n`],
    ["an empty line after the signatures", `${EXAMPLE_NOTE}\n`],
    ["a hyphen for the dash", EXAMPLE_NOTE.replace("\u2014", "-")],
    ["two spaces", EXAMPLE_NOTE.replace("\u2014 ", "\u2014  ")],
    ["a carriage return", EXAMPLE_NOTE.replaceAll("\n", "\r\n")],
    ["a tab", EXAMPLE_NOTE.replace("This is", "This\tis")],
    ["base 64 without its end", EXAMPLE_NOTE.replace("aQM=", "aQM")],
    ["base 64 with bits behind the end", EXAMPLE_NOTE.replace("aQM=", "aQN=")],
    ["base 64 of addresses", EXAMPLE_NOTE.replace("Uw2QOkn8", "Uw2QOk-_")],
    ["a name with a plus", EXAMPLE_NOTE.replace("example.com/foo", "example.com+foo")],
    ["a name with a wide space", EXAMPLE_NOTE.replace("example.com/foo", "example.com\u3000foo")],
    ["the same key twice", `${EXAMPLE_NOTE}${EXAMPLE_NOTE.slice(EXAMPLE_NOTE.indexOf("\u2014"))}`],
    ["a lone surrogate", `\ud800${EXAMPLE_NOTE}`],
  ])("a note with %s is refused", (_, text) => {
    expect(() => parseNote(text)).toThrow(NoteFormatError);
  });

  test("a note that is not UTF-8 is refused, not repaired", () => {
    const bytes = Buffer.from(EXAMPLE_NOTE);
    bytes[3] = 0xff;
    expect(() => parseNote(bytes)).toThrow(NoteFormatError);
  });

  test.each([
    ["another id", EXAMPLE_KEY.replace("530d903a", "530d903b")],
    ["capital letters in the id", EXAMPLE_KEY.replace("530d903a", "530D903A")],
    ["another name", EXAMPLE_KEY.replace("example.com", "example.org")],
    ["another kind", EXAMPLE_KEY.replace("+Ae", "+Be")],
    ["no name", EXAMPLE_KEY.slice("example.com/foo".length)],
    ["no id", "example.com/foo"],
    ["more behind it", `${EXAMPLE_KEY}AAAA`],
    ["a space", `${EXAMPLE_KEY} `],
  ])("a verifier key with %s is refused", (_, text) => {
    expect(() => parseVerifierKey(text)).toThrow(NoteFormatError);
  });

  test("one public key has other ids for notes and for cosignatures", () => {
    const publicKey = Buffer.alloc(32, 9);
    const note = verifierKeyOf({ name: "one", kind: "NOTE", publicKey });
    const cosignature = verifierKeyOf({ name: "one", kind: "COSIGNATURE", publicKey });
    expect(note.id).not.toBe(cosignature.id);
    expect(parseVerifierKey(cosignature.text)).toEqual(cosignature);
  });
});

describe("C2SP tlog-checkpoint and tlog-cosignature", () => {
  test("their example is read: origin, size, root, and when the witness saw it", () => {
    const { origin, size, root, extensions, note } = parseCheckpoint(COSIGNED);
    expect({ origin, size, extensions }).toEqual({
      origin: "example.com/behind-the-sofa",
      size: 20_852_163,
      extensions: [],
    });
    expect(checkpointText({ origin, size, root, extensions })).toBe(SOFA);
    const [, cosignature] = note.signatures;
    expect(cosignature).toMatchObject({ name: "witness.example.com/w1", id: "8d66cf3f" });
    expect(parseCosignature(cosignature?.signature ?? Buffer.alloc(0)).timestamp).toBe(
      1_679_315_147n,
    );
  });

  test("a cosigned checkpoint verifies by log and witness, and the witness's time is signed", () => {
    const [log, witness] = [freshSigner(), freshWitness()];
    const signed = signCheckpoint({ checkpoint, signers: [log] });
    const at = new Date("2026-05-04T08:00:00.999Z");
    const note = parseNote(cosignCheckpoint({ note: signed, witness, at }));
    expect(verifyNote(note, [log.key, witness.key]).verified).toEqual([log.key, witness.key]);
    const [ofLog, ofWitness] = note.signatures;
    expect(parseCosignature(ofWitness?.signature as Buffer).timestamp).toBe(
      BigInt(Date.parse("2026-05-04T08:00:00Z") / 1000),
    );
    const later = Buffer.from(ofWitness?.signature as Buffer);
    later[7] = (later[7] ?? 0) ^ 1;
    const changed = { ...note, signatures: [ofLog, { ...ofWitness, signature: later }] };
    expect(verifyNote(changed as typeof note, [witness.key]).failed).toEqual([witness.key]);
  });

  test("a cosignature of a note that is no checkpoint does not hold", () => {
    const witness = freshWitness();
    const note = signNote({ text: "Hello.\n", signers: [freshSigner()] });
    expect(() => cosignCheckpoint({ note, witness, at: new Date() })).toThrow(NoteFormatError);
    const signatures = [
      { name: witness.key.name, id: witness.key.id, signature: Buffer.alloc(72) },
    ];
    expect(verifyNote({ text: "Hello.\n", signatures }, [witness.key]).failed).toHaveLength(1);
  });

  test.each([
    ["a leading zero", `o\n07\n${checkpoint.root.toString("base64")}\n`],
    ["a negative size", `o\n-7\n${checkpoint.root.toString("base64")}\n`],
    [
      "a size that cannot be counted",
      `o\n9007199254740992\n${checkpoint.root.toString("base64")}\n`,
    ],
    ["no root", "o\n7\n"],
    ["a short root", "o\n7\nAAAA\n"],
    ["no origin", `\n7\n${checkpoint.root.toString("base64")}\n`],
    ["an empty line among extensions", `o\n7\n${checkpoint.root.toString("base64")}\nx\n\ny\n`],
    ["an empty tree of another root", `o\n0\n${checkpoint.root.toString("base64")}\n`],
  ])("a checkpoint with %s is refused", (_, text) => {
    const note = signNote({ text, signers: [freshSigner()] });
    expect(() => parseCheckpoint(note)).toThrow(NoteFormatError);
  });

  test("an empty log has a checkpoint", () => {
    const empty = { ...checkpoint, size: 0, root: EMPTY_ROOT };
    const note = signCheckpoint({ checkpoint: empty, signers: [freshSigner()] });
    expect(parseCheckpoint(note)).toMatchObject(empty);
  });
});

describe("proof files", () => {
  const signed = signCheckpoint({ checkpoint, signers: [freshSigner()] });
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
  const hashes = fc.array(hash, { maxLength: 53 });

  test("of C2SP tlog-proof are read as they were written", () => {
    const extra = fc.option(fc.uint8Array().map((bytes) => Buffer.from(bytes)));
    fc.assert(
      fc.property(fc.maxSafeNat(), extra, hashes, (index, more, path) => {
        const proof = { index, extra: more, hashes: path, checkpoint: signed };
        expect(parseTlogProof(formatTlogProof(proof))).toMatchObject(proof);
      }),
    );
  });

  test("of consistency are read as they were written", () => {
    fc.assert(
      fc.property(fc.nat(7), hashes, (oldSize, path) => {
        const proof = { oldSize, hashes: path, checkpoint: signed };
        expect(parseConsistencyProof(formatConsistencyProof(proof))).toMatchObject(proof);
      }),
    );
  });

  test.each([
    ["another version", `c2sp.org/tlog-proof@v2\nindex 1\n\n${signed}`],
    ["no index", `c2sp.org/tlog-proof@v1\n\n${signed}`],
    ["a leading zero", `c2sp.org/tlog-proof@v1\nindex 01\n\n${signed}`],
    ["extra behind the index", `c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\n${signed}`],
    ["a short hash", `c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n${signed}`],
    ["no checkpoint", "c2sp.org/tlog-proof@v1\nindex 1\n"],
    ["more behind the checkpoint", `c2sp.org/tlog-proof@v1\nindex 1\n\n${signed}x`],
  ])("with %s are refused", (_, text) => {
    expect(() => parseTlogProof(text)).toThrow(NoteFormatError);
  });

  test("from a larger to a smaller size are refused", () => {
    expect(() => parseConsistencyProof(`old 8\n\n${signed}`)).toThrow(NoteFormatError);
  });
});
