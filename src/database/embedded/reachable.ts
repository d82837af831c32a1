import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Account } from "./account.ts";

/** Who owns a folder or program and who may enter or run it. */
export interface Entrance {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  /** Permission bits, as in `stat`. */
  readonly mode: number;
}

const ownerMayEnter = 0o100;
const groupMayEnter = 0o010;
const othersMayEnter = 0o001;

/** True when the account may enter the folder, or run the program: only the first class that fits counts. */
export function mayEnter(account: Account, entrance: Entrance): boolean {
  if (entrance.uid === account.uid) return (entrance.mode & ownerMayEnter) !== 0;
  if (entrance.gid === account.gid) return (entrance.mode & groupMayEnter) !== 0;
  return (entrance.mode & othersMayEnter) !== 0;
}

/** The first place on the way that is closed to the account, from the root down. */
export function firstClosed(account: Account, way: readonly Entrance[]): string | undefined {
  return way.find((entrance) => !mayEnter(account, entrance))?.path;
}

/** Everything that has to be entered to reach an existing path, the path itself included. */
export function wayTo(path: string): Entrance[] {
  const real = realpathSync(path);
  const { uid, gid, mode } = statSync(real);
  const here = { path: real, uid, gid, mode };
  const parent = dirname(real);
  return parent === real ? [here] : [...wayTo(parent), here];
}
