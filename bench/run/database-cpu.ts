import { readdirSync, readFileSync } from "node:fs";

/** Hundredths of a second, as Linux counts in /proc on every machine that Node runs on. */
const TICK_US = 10_000;

/**
 * Microseconds of CPU that a PostgreSQL server has used in all its processes; NaN where there is no /proc. What
 * a process that has ended used is counted by the one that waited for it.
 */
export function databaseCpuUs(postmaster: number): number {
  try {
    const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return all.reduce((sum, pid) => sum + ticksOf(Number(pid), postmaster), 0) * TICK_US;
  } catch {
    return Number.NaN;
  }
}

function ticksOf(pid: number, postmaster: number): number {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return 0;
  }
  // The name of the program stands in brackets and may hold anything; see proc_pid_stat(5).
  const [, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (pid !== postmaster && Number(parent) !== postmaster) return 0;
  const [user, system, ofChildren, systemOfChildren] = rest.slice(9, 13).map(Number);
  const own = (user ?? 0) + (system ?? 0);
  return pid === postmaster ? own + (ofChildren ?? 0) + (systemOfChildren ?? 0) : own;
}
