import { spawn } from "node:child_process";
import { Refusal } from "./refusal.mjs";

const longMs = 1000;

/** Runs a command silently; resolves to its exit code and everything that it printed. */
export function capture({ command, commandArguments, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk) => (output += chunk);
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", ({ code }) => reject(new Refusal(`cannot run "${command}" (${code}).`)));
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Says on stderr what is going on if it takes longer than a second; returns how to stop that. */
export function announceWhenLong(text) {
  const timer = setTimeout(() => console.error(`custodia: ${text}`), longMs);
  return () => clearTimeout(timer);
}
