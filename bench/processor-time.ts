import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Clock ticks per second in /proc, on every Linux that Node runs on. */
const MS_PER_TICK = 10;

interface Times {
  readonly parent: number;
  /** Of the process itself, and of its children that have ended, in ms. */
  readonly own: number;
  readonly ended: number;
}

/** Processor time of a PostgreSQL server with all its processes so far, in ms; NaN where there is no /proc. */
export function serverTimeMs(clusterFolder: string): number {
  try {
    const [pid = ""] = readFileSync(join(clusterFolder, "postmaster.pid"), "utf8").split("\n");
    const server = timesOf(pid);
    const children = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => attempt(() => timesOf(name)))
      .filter((times) => times?.parent === Number(pid));
    return children.reduce((sum, times) => sum + (times?.own ?? 0), server.own + server.ended);
  } catch {
    return Number.NaN;
  }
}

/** What makes a Node process tell its processor time in ms at its end, on standard error. */
export const TELL_TIME = `--import=data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>{const{user,system}=process.cpuUsage();console.error("processor "+(user+system)/1000)})',
)}`;

/** The time that a process told. */
export function toldTimeMs(said: string): number {
  return Number(/processor ([\d.]+)/.exec(said)?.[1]);
}

function timesOf(pid: string): Times {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // proc(5): the name of the program, in brackets, may hold anything; counted from behind it.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
  return {
    parent: fields[1] ?? 0,
    own: (user + system) * MS_PER_TICK,
    ended: (endedUser + endedSystem) * MS_PER_TICK,
  };
}

/** A process may end between being listed and being read. */
function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}
