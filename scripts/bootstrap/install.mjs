import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, sep } from "node:path";
import { announceWhenLong, capture } from "./capture.mjs";
import { withLock } from "./lock.mjs";
import { Refusal } from "./refusal.mjs";
import { fromRoot, root } from "./root.mjs";

const lockFile = fromRoot("package-lock.json");
const stampFile = fromRoot("node_modules/.custodia-installed");

/** Runs `npm ci` when node_modules is missing or belongs to another package-lock.json. */
export async function install() {
  // A published package or an image has no lock file: whoever made it has installed it too.
  if (!existsSync(lockFile) || isInstalled()) return;
  await withLock(async () => {
    if (!isInstalled()) await installPackages();
    writeFileSync(stampFile, lockDigest());
  });
}

function isInstalled() {
  return isStamped() || agreesWithLock();
}

function isStamped() {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === lockDigest();
}

function lockDigest() {
  return createHash("sha256").update(readFileSync(lockFile)).digest("hex");
}

/** True after an `npm install` of someone's own: npm's record of node_modules then equals the lock file. */
function agreesWithLock() {
  const recordFile = fromRoot("node_modules/.package-lock.json");
  if (!existsSync(recordFile)) return false;
  const installed = JSON.parse(readFileSync(recordFile, "utf8")).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(lockFile, "utf8")).packages);
  return wanted.every(([path, { version, integrity, optional }]) => {
    const found = installed[path];
    if (!found) return path === "" || optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

async function installPackages() {
  const stopAnnouncing = announceWhenLong(
    "installing packages, a minute or so on the first start …",
  );
  const { code, output } = await capture({
    command: "npm",
    commandArguments: [
      "ci",
      "--include=dev",
      "--include=optional",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ],
    cwd: root,
    env: { ...process.env, PATH: pathWithoutOurs() },
    shell: process.platform === "win32",
  }).finally(stopAnnouncing);
  if (code !== 0) {
    throw new Refusal(
      `"npm ci" failed (exit code ${code}): ${reasonIn(output)} Run "npm ci" to see everything.`,
    );
  }
}

/** `npm ci` deletes node_modules, so it must not itself run on the Node in there. */
function pathWithoutOurs() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders
    .filter((folder) => !folder.startsWith(root + "node_modules" + sep))
    .join(delimiter);
}

function reasonIn(output) {
  const lines = output.split("\n").filter((line) => line.startsWith("npm error"));
  const reasons = lines
    .map((line) => line.slice("npm error".length).trim())
    .filter((line) => line && !line.startsWith("code "));
  return reasons.slice(0, 3).join("; ").replace(/\.?$/, ".");
}
