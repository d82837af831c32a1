import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  copyBinaries,
  openOutsideFolder,
} from "../../../../src/database/embedded/outside-folder.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "custodia-outside-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("programs that only root could run are copied so that everybody can", () => {
  const installed = join(folder, "closed");
  mkdirSync(join(installed, "bin"), { recursive: true, mode: 0o700 });
  writeFileSync(join(installed, "bin", "postgres"), "program", { mode: 0o700 });
  writeFileSync(join(installed, "settings"), "text", { mode: 0o600 });
  symlinkSync("postgres", join(installed, "bin", "postmaster"));
  const copy = copyBinaries({ folder: installed, label: "postgresql-1" }, folder);
  expect(statSync(copy).mode & 0o777).toBe(0o755);
  expect(statSync(join(copy, "bin", "postgres")).mode & 0o777).toBe(0o755);
  expect(statSync(join(copy, "settings")).mode & 0o777).toBe(0o644);
  expect(readFileSync(join(copy, "bin", "postmaster"), "utf8")).toBe("program");
});

test("a copy of the same version is used again", () => {
  const copied = copyBinaries(
    { folder: mkdtempSync(join(folder, "a-")), label: "postgresql-1" },
    folder,
  );
  writeFileSync(join(copied, "mark"), "");
  const again = copyBinaries(
    { folder: mkdtempSync(join(folder, "b-")), label: "postgresql-1" },
    folder,
  );
  expect(statSync(join(again, "mark")).isFile()).toBe(true);
});

test("a folder that others may write is not used for programs", () => {
  chmodSync(folder, 0o777);
  expect(() => openOutsideFolder(folder)).toThrow(/may be written by others/);
});
