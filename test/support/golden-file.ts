import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { packageRoot } from "../../src/lib/package-root.ts";

/** True where `UPDATE_GOLDENS=1` asks for it and no CI is watching. */
const rewrites = process.env["UPDATE_GOLDENS"] === "1" && (process.env["CI"] ?? "") === "";

/**
 * Holds a text against the file that is checked in. `UPDATE_GOLDENS=1` writes the file instead,
 * except in CI: there, what was not reviewed must fail.
 */
export function expectGolden(path: string, actual: string): void {
  const golden = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (rewrites && golden !== actual) writeFileSync(path, actual);
  else if (golden !== actual) {
    expect({ [hintFor(path)]: actual }).toEqual({ [hintFor(path)]: golden });
  }
}

function hintFor(path: string): string {
  const file = relative(packageRoot(), path);
  return `${file} (if the change is meant: UPDATE_GOLDENS=1 npm test -- ${file.replace(/\/[^/]*$/, "")})`;
}
