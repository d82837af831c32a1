import { spawn } from "node:child_process";
import { constants } from "node:os";
import { onParentGone } from "./parent.mjs";
import { Refusal } from "./refusal.mjs";

const forwardedSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A Ctrl-C reaches us from the terminal and again from npm; both arrive within this time. */
const oneSignalMs = 500;

const leash = new URL("leash.mjs", import.meta.url).href;

/**
 * Runs a Node program in the foreground and resolves to its exit code. The program lives in a process
 * group of its own, so that the signals of a terminal reach it only through us, and each only once.
 */
export function run({ command, commandArguments, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, ["--import", leash, ...commandArguments], {
      env,
      stdio: "inherit",
      detached: process.platform !== "win32",
    });
    const stopForwarding = forwardSignals(child);
    child.on("error", ({ code }) => {
      stopForwarding();
      reject(new Refusal(`cannot run ${command} (${code}).`));
    });
    child.on("exit", (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function forwardSignals(child) {
  const lastSentAt = new Map();
  const forward = (signal) => {
    const now = Date.now();
    if (now - (lastSentAt.get(signal) ?? 0) < oneSignalMs) return;
    lastSentAt.set(signal, now);
    child.kill(signal);
  };
  for (const signal of forwardedSignals) process.on(signal, forward);
  // npm passes signals to a shell that does not pass them on; then we only notice that our parent died.
  if (process.env.npm_lifecycle_event) onParentGone(() => forward("SIGTERM"));
  return () => {
    for (const signal of forwardedSignals) process.off(signal, forward);
  };
}
