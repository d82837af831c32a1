import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** One import or re-export of a source file. */
export interface SourceImport {
  /** Path of the importing file below the repository, with forward slashes. */
  readonly from: string;
  /** Path of the imported file below the repository, or the name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
  /** True where nothing is left of it at run time. */
  readonly isTypeOnly: boolean;
}

/** A file of `src` with its text and the same text without comments. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly code: string;
  readonly imports: readonly SourceImport[];
}

/** Every TypeScript file of `src`. */
export function sourceFiles(): SourceFile[] {
  return readdirSync(join(ROOT, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => slashed(relative(ROOT, join(entry.parentPath, entry.name))))
    .sort()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      const code = withoutComments(text);
      return { path, text, code, imports: importsIn(path, code) };
    });
}

/** `import … from "x"`, `import "x"`, `export … from "x"` and `import("x")`. */
const IMPORT =
  /^\s*(?:import|export)\s+(?<what>[^"';]*?)\s*from\s+"(?<source>[^"]+)"|^\s*import\s+"(?<effect>[^"]+)"|\bimport\("(?<late>[^"]+)"\)/gm;

function importsIn(from: string, code: string): SourceImport[] {
  return [...code.matchAll(IMPORT)].map(({ groups = {} }) => {
    const { what = "", source, effect, late } = groups;
    const to = source ?? effect ?? late ?? "";
    const isPackage = !to.startsWith(".");
    return {
      from,
      to: isPackage ? packageOf(to) : slashed(join(dirname(from), to)),
      isPackage,
      isTypeOnly: isTypeOnly(what),
    };
  });
}

/** `type { A }`, `type * as a`, or braces in which every name is a type. */
function isTypeOnly(what: string): boolean {
  if (/^type\s/.test(what)) return true;
  const names = /^\{(?<names>[^}]*)\}$/.exec(what)?.groups?.["names"];
  if (names === undefined) return false;
  const listed = names.split(",").filter((name) => name.trim() !== "");
  return listed.length > 0 && listed.every((name) => /^\s*type\s/.test(name));
}

function packageOf(source: string): string {
  if (source.startsWith("node:")) return source;
  return source.split("/", source.startsWith("@") ? 2 : 1).join("/");
}

/** Good enough for our own sources, which hold no comment signs in texts but those of addresses. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
