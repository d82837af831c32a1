/** An operating-system account that the server is started as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Accounts that exist for such work, the most fitting first; one of them is on every Unix. */
const candidates = ["postgres", "_postgres", "nobody"];

/**
 * The account that root hands the server to, because PostgreSQL refuses to run as root: the owner of
 * an existing cluster, otherwise the first candidate that `/etc/passwd` lists. Undefined when there is
 * none.
 */
export function unprivilegedAccount(source: {
  passwd: string;
  clusterOwner?: number | undefined;
}): Account | undefined {
  const accounts = source.passwd.split("\n").flatMap(accountOfLine);
  const owner = accounts.find(({ uid }) => uid === source.clusterOwner && uid !== 0);
  return (
    owner ??
    candidates.map((name) => accounts.find((account) => account.name === name)).find(Boolean)
  );
}

/** `name:password:uid:gid:…` as passwd(5) describes it. */
function accountOfLine(line: string): Account[] {
  const [name, , uid, gid] = line.split(":");
  if (!name || !uid || !gid) return [];
  return [{ name, uid: Number(uid), gid: Number(gid) }];
}
