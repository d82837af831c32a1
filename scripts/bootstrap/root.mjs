import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The clone's folder, whatever the working directory is. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A path inside the clone. */
export function fromRoot(path) {
  return join(root, path);
}
