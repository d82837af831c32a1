import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileMasterKey } from "../../../src/sealing/file-master-key.ts";
import { KeyUnwrapError, MasterKeyError } from "../../../src/sealing/sealing-errors.ts";
import { newSecretKey } from "../../../src/sealing/secret-key.ts";
import { freshKeyPath, freshMasterKey } from "../../support/sealing-world.ts";

describe("the master key file", () => {
  test("is made with 32 bytes that only its owner may read, and nothing is left beside it", () => {
    const path = join(dirname(freshKeyPath()), "deeper", "master.key");
    fileMasterKey({ path, create: true });
    expect(statSync(path).size).toBe(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path))).toEqual(["master.key"]);
  });

  test("is kept when it is there already", () => {
    const path = freshKeyPath();
    const first = fileMasterKey({ path, create: true });
    const bytes = readFileSync(path);
    expect(fileMasterKey({ path, create: true }).id).toBe(first.id);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test("is not made unless asked", () => {
    const path = freshKeyPath();
    expect(() => fileMasterKey({ path, create: false })).toThrow(
      `Master key file ${path} can't be read (ENOENT)`,
    );
  });

  test.each([0o640, 0o604, 0o610, 0o622])("is refused with mode %o", (mode) => {
    const path = freshKeyPath();
    fileMasterKey({ path, create: true });
    chmodSync(path, mode);
    expect(() => fileMasterKey({ path, create: false })).toThrow(
      `open to group or others; run: chmod 600 ${path}`,
    );
  });

  test.each([0, 31])("is refused with %i bytes", (length) => {
    const path = freshKeyPath();
    fileMasterKey({ path, create: true });
    truncateSync(path, length);
    expect(() => fileMasterKey({ path, create: true })).toThrow(
      `holds ${length} bytes instead of 32`,
    );
  });

  test("is refused when it is a folder, or lies under a file", () => {
    const folder = freshKeyPath();
    mkdirSync(folder, { mode: 0o700 });
    expect(() => fileMasterKey({ path: folder, create: true })).toThrow("is not a file");
    const file = freshKeyPath();
    writeFileSync(file, "");
    expect(() => fileMasterKey({ path: join(file, "master.key"), create: true })).toThrow(
      MasterKeyError,
    );
  });
});

describe("a master key", () => {
  test("unwraps only for the purpose it wrapped for", async () => {
    const masterKey = freshMasterKey();
    const key = newSecretKey();
    const wrapped = await masterKey.wrap({ key, purpose: "one" });
    expect((await masterKey.unwrap({ wrapped, purpose: "one" })).equals(key)).toBe(true);
    await expect(masterKey.unwrap({ wrapped, purpose: "other" })).rejects.toThrow(KeyUnwrapError);
    await expect(freshMasterKey().unwrap({ wrapped, purpose: "one" })).rejects.toThrow(
      KeyUnwrapError,
    );
  });

  test("derives the same key for the same purpose only", async () => {
    const masterKey = freshMasterKey();
    const cursors = await masterKey.derive({ purpose: "cursor" });
    expect((await masterKey.derive({ purpose: "cursor" })).equals(cursors)).toBe(true);
    expect((await masterKey.derive({ purpose: "other" })).equals(cursors)).toBe(false);
    expect((await freshMasterKey().derive({ purpose: "cursor" })).equals(cursors)).toBe(false);
  });
});
