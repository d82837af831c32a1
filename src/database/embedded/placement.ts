import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { BootError } from "../../lib/boot-error.ts";
import { type Account, unprivilegedAccount } from "./account.ts";
import { installedBinaries } from "./binaries.ts";
import { copyBinaries, openOutsideFolder } from "./outside-folder.ts";
import { firstClosed, wayTo } from "./reachable.ts";

/** Where a server runs from, where its cluster is, and as whom. */
export interface Placement {
  /** Folder with `initdb` and `postgres`. */
  readonly binFolder: string;
  /** Data directory of the server; it does not exist before the first start. */
  readonly clusterFolder: string;
  /** How the data directory names the cluster: the same path, or a symlink to it. */
  readonly link: string;
  /** Undefined: as ourselves. */
  readonly account: Account | undefined;
}

/** Folder mode that lets others pass through to a path they know, without listing. */
const passThrough = 0o711;

/**
 * Decides where the server runs. As an ordinary user everything stays where it is. As root the server
 * needs an unprivileged account, and what that account cannot reach gets a place in the outside folder:
 * programs as a copy, a new cluster as a folder that `cluster` in the data directory points to.
 *
 * @throws BootError when the account or an existing cluster cannot be used
 */
export function placeServer(folders: { dataDirectory: string; outsideFolder: string }): Placement {
  const { dataDirectory, outsideFolder } = folders;
  const link = join(dataDirectory, "cluster");
  const binaries = installedBinaries();
  if (process.getuid?.() !== 0) {
    const binFolder = join(binaries.folder, "bin");
    return { binFolder, clusterFolder: resolved(link), link, account: undefined };
  }
  const account = accountForRoot(link);
  chmodSync(dataDirectory, passThrough);
  const programsClosed = firstClosed(account, wayTo(join(binaries.folder, "bin", "postgres")));
  if (programsClosed) openOutside(outsideFolder, account);
  const programs = programsClosed ? copyBinaries(binaries, outsideFolder) : binaries.folder;
  return {
    binFolder: join(programs, "bin"),
    clusterFolder: clusterForRoot({ account, dataDirectory, outsideFolder, link }),
    link,
    account,
  };
}

function clusterForRoot(asked: {
  account: Account;
  dataDirectory: string;
  outsideFolder: string;
  link: string;
}): string {
  const { account, dataDirectory, outsideFolder, link } = asked;
  const existing = existsSync(link);
  const closed = firstClosed(
    account,
    wayTo(existing ? dirname(realpathSync(link)) : dataDirectory),
  );
  if (!closed) return resolved(link);
  if (existing) {
    throw new BootError(
      `The account "${account.name}" runs PostgreSQL for root but cannot enter ${closed}, where the database is: open it with chmod a+x, or choose another DATA_DIR.`,
    );
  }
  // What a link without its target pointed to is gone.
  rmSync(link, { force: true });
  openOutside(outsideFolder, account);
  const own = mkdtempSync(join(outsideFolder, "database-"));
  chmodSync(own, passThrough);
  return join(own, "cluster");
}

function openOutside(outsideFolder: string, account: Account): void {
  openOutsideFolder(outsideFolder);
  const closed = firstClosed(account, wayTo(outsideFolder));
  if (!closed) return;
  throw new BootError(
    `The account "${account.name}" runs PostgreSQL for root but cannot enter ${closed}: open it with chmod a+x, or name a server with DATABASE_URL.`,
  );
}

function accountForRoot(link: string): Account {
  const passwd = readFileSync("/etc/passwd", "utf8");
  const clusterOwner = existsSync(link) ? statSync(link).uid : undefined;
  const account = unprivilegedAccount({ passwd, clusterOwner });
  if (!account) {
    throw new BootError(
      "PostgreSQL refuses to run as root, and there is neither an account postgres nor nobody: start as another user, or name a server with DATABASE_URL.",
    );
  }
  return account;
}

function resolved(link: string): string {
  return existsSync(link) ? realpathSync(link) : link;
}
