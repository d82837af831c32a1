import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BootError } from "../lib/boot-error.ts";
import { packageRoot } from "../lib/package-root.ts";

/** One step of the schema: a pair of SQL files. */
export interface Migration {
  readonly number: number;
  /** `0002-customers` */
  readonly name: string;
  readonly up: string;
  readonly down: string;
  /** SHA-256 of the `up` file, hexadecimal. */
  readonly checksum: string;
}

/** Where the project keeps its migrations. */
export function migrationsFolder(): string {
  return join(packageRoot(), "schema", "migrations");
}

/**
 * Reads the migrations of a folder, in order.
 *
 * @throws BootError naming every file that does not fit `NNNN-name.up.sql` with a `down` beside it and
 *   numbers from 1 without a gap
 */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .toSorted();
  const names = files
    .filter((file) => file.endsWith(".up.sql"))
    .map((file) => file.slice(0, -".up.sql".length));
  const faults = [
    ...files.flatMap((file) => faultOfFile(file, files)),
    ...names.flatMap(faultOfNumber),
  ];
  if (faults.length > 0) throw new BootError(faults);
  return names.map((name) => readMigration(folder, name));
}

function faultOfFile(file: string, files: readonly string[]): string[] {
  const parts = /^(\d{4}-[a-z0-9-]+)\.(up|down)\.sql$/.exec(file);
  if (!parts) return [`${file}: migrations are named NNNN-name.up.sql and NNNN-name.down.sql`];
  const twin = `${parts[1]}.${parts[2] === "up" ? "down" : "up"}.sql`;
  return files.includes(twin) ? [] : [`${file}: ${twin} is missing`];
}

function faultOfNumber(name: string, index: number): string[] {
  const expected = String(index + 1).padStart(4, "0");
  return name.startsWith(`${expected}-`) ? [] : [`${name}: its number has to be ${expected}`];
}

function readMigration(folder: string, name: string): Migration {
  const up = readFileSync(join(folder, `${name}.up.sql`), "utf8");
  const down = readFileSync(join(folder, `${name}.down.sql`), "utf8");
  const checksum = createHash("sha256").update(up).digest("hex");
  return { number: Number(name.slice(0, 4)), name, up, down, checksum };
}
