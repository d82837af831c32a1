import { verifierKeyOf } from "../../../src/audit/notes/verifier-key.ts";
import { parseNote } from "../../../src/audit/notes/signed-note.ts";
import { signNote } from "../../../src/audit/notes/sign-note.ts";
import { verifyNote } from "../../../src/audit/notes/verify-note.ts";
import { newLogKey, openLogKey } from "../../../src/sealing/log-key.ts";
import { KeyUnwrapError } from "../../../src/sealing/sealing-errors.ts";
import { freshMasterKey } from "../../support/sealing-world.ts";

const name = "log.example/custodia";

test("a key of the log signs notes that its public key verifies", async () => {
  const masterKey = freshMasterKey();
  const logKey = await openLogKey({ masterKey, row: await newLogKey({ masterKey, name }) });
  const key = verifierKeyOf({ name, kind: "NOTE", publicKey: logKey.publicKey });
  const signer = { key, sign: logKey.sign };
  const note = parseNote(signNote({ text: "Hello.\n", signers: [signer] }));
  expect(verifyNote(note, [key]).verified).toEqual([key]);
});

test("no two keys are alike, and the stored row does not hold the seed", async () => {
  const masterKey = freshMasterKey();
  const [one, two] = [await newLogKey({ masterKey, name }), await newLogKey({ masterKey, name })];
  expect(one.publicKey.equals(two.publicKey)).toBe(false);
  expect(one.wrappedSeed).toHaveLength(40);
  expect(JSON.stringify(await openLogKey({ masterKey, row: one }))).not.toContain("seed");
});

test("a key opens under its master key, name and public key only", async () => {
  const masterKey = freshMasterKey();
  const row = await newLogKey({ masterKey, name });
  const { publicKey } = await newLogKey({ masterKey, name });
  const other = freshMasterKey();
  await expect(openLogKey({ masterKey: other, row })).rejects.toThrow(KeyUnwrapError);
  await expect(openLogKey({ masterKey, row: { ...row, name: "other" } })).rejects.toThrow(
    KeyUnwrapError,
  );
  await expect(openLogKey({ masterKey, row: { ...row, publicKey } })).rejects.toThrow(
    KeyUnwrapError,
  );
});

test("a master key that unwraps another seed is found out before anything is signed", async () => {
  const masterKey = freshMasterKey();
  const row = await newLogKey({ masterKey, name });
  const other = await newLogKey({ masterKey, name });
  const careless = {
    ...masterKey,
    unwrap: () =>
      masterKey.unwrap({
        wrapped: other.wrappedSeed,
        purpose: `log-key|${other.publicKey.toString("hex")}|${name}`,
      }),
  };
  await expect(openLogKey({ masterKey: careless, row })).rejects.toThrow(KeyUnwrapError);
});
