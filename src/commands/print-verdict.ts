import Table from "cli-table3";
import type { Verdict } from "../audit/evidence/fault.ts";
import { NOT_OK } from "./audit-options.ts";

/** Prints a verdict for people, or as JSON, and sets the exit code. */
export function printVerdict(verdict: Verdict, options: { json?: true; about?: object }): void {
  const { verdict: code, checks, faults, notices } = verdict;
  if (code !== "OK") process.exitCode = NOT_OK;
  if (options.json === true) {
    const told = { verdict: code, ...options.about, checks, faults, notices };
    console.log(JSON.stringify(told, null, 2));
    return;
  }
  for (const { name, isOk, detail } of checks)
    console.log(`${isOk ? "ok    " : "NOT OK"}  ${name}${detail === "" ? "" : ` (${detail})`}`);
  for (const notice of notices) console.log(`note    ${notice}`);
  if (faults.length > 0) console.log(tableOf(verdict));
  console.log(code === "OK" ? "verdict OK" : `verdict ${code}`);
}

const MOST_ROWS = 100;

function tableOf({ faults }: Verdict): string {
  const table = new Table({
    head: ["fault", "where", "what"],
    style: { head: [], border: [] },
  });
  for (const { code, subject, text } of faults.slice(0, MOST_ROWS))
    table.push([code, subject, text]);
  const more = faults.length - MOST_ROWS;
  return more > 0 ? `${table.toString()}\n${more} more (--json lists all)` : table.toString();
}
