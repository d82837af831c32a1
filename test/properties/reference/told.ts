import { expandedPaths } from "../../support/expanded-paths.ts";
import { type Answer, expectSame, type Path } from "./answer.ts";
import type { AskerFacts } from "./facts.ts";
import { isRightReason, type Judgement } from "./judge.ts";

interface Entry {
  readonly path: string;
  readonly disclosure: string;
  readonly reason: string | null;
}

/** What `access` says of a field; a document need not ask for all of it. */
export interface ToldField {
  readonly field?: string;
  readonly disclosure?: string;
  readonly reason?: string | null;
}

/** What an answer tells beside its data: errors, and what lies below CLEAR. */
export class Told {
  readonly #asker: AskerFacts;
  readonly #errors: ReadonlyMap<string, unknown>;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #met = new Set<string>();
  readonly #absent = new Set<string>();

  constructor(asker: AskerFacts, { errors = [], extensions }: Answer) {
    this.#asker = asker;
    this.#errors = new Map(
      errors.map((one) => [one.path?.join(".") ?? "", one.extensions["code"]] as const),
    );
    const access = extensions?.["access"] as { readonly fields: readonly Entry[] } | undefined;
    this.#entries = new Map(
      (access?.fields ?? []).flatMap((entry) =>
        expandedPaths(entry.path).map((path) => [path, entry] as const),
      ),
    );
  }

  /** The error of something that is not there. */
  expectError(path: Path, absence: string): void {
    const key = path.join(".");
    this.#absent.add(key);
    this.#expect([...path, "error"], this.#errors.get(key), absence);
  }

  /** What `extensions.access` says of a path, under its own name or under that of all rows. */
  expectEntry(judgement: Judgement, path: Path): void {
    const ofAllRows = path.map((key) => (typeof key === "number" ? "*" : key));
    const key = [path.join("."), ofAllRows.join(".")].find((one) => this.#entries.has(one));
    const entry = key === undefined ? undefined : this.#entries.get(key);
    this.#expect([...path, "extensions"], entry?.disclosure ?? "CLEAR", judgement.level);
    if (key === undefined || entry === undefined) return;
    this.#met.add(key);
    this.#expectReason(judgement, entry.reason, path);
  }

  /** What `access` of an object says of a field. */
  expectAccess(told: ToldField, judgeOf: (name: string) => Judgement | null, path: Path): void {
    if (told.field === undefined) return;
    const at = [...path, told.field];
    const judgement = judgeOf(told.field) as Judgement;
    if (told.disclosure !== undefined) this.#expect(at, told.disclosure, judgement.level);
    if (told.reason !== undefined) this.#expectReason(judgement, told.reason, at);
  }

  /** Nothing is told of what was not asked for or is there. */
  expectNothingElse(): void {
    const errors = [...this.#errors.keys()].filter((path) => !this.#absent.has(path));
    this.#expect(["errors"], errors, []);
    const entries = [...this.#entries.keys()].filter((path) => !this.#met.has(path));
    this.#expect(["extensions", "access"], entries, []);
  }

  #expectReason(judgement: Judgement, reason: string | null, path: Path): void {
    const at = [...path, "reason"];
    if (judgement.level === "CLEAR") this.#expect(at, reason, null);
    else if (!isRightReason(judgement, reason))
      this.#expect(at, reason, judgement.stoppedBy ?? "that of the matrix");
  }

  #expect(path: Path, shown: unknown, wanted: unknown): void {
    expectSame({ asker: this.#asker, path, shown, wanted });
  }
}
