import type { Account } from "./account.ts";

/** How every PostgreSQL program is spawned: as the account, in a folder it may enter, in plain English. */
export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

/** Options for `spawn`; the binaries' folder is one that the account can enter, ours may not be. */
export function programOptions(program: {
  binFolder: string;
  account: Account | undefined;
}): ProgramOptions {
  const cwd = program.binFolder;
  // Windows programs need variables of the system that only the inherited environment has.
  if (process.platform === "win32") return { cwd };
  const env = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  const { account } = program;
  return account ? { cwd, env, uid: account.uid, gid: account.gid } : { cwd, env };
}
