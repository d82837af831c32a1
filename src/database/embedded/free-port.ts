import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** The wanted port if nothing listens on it, otherwise one that the system says is free. */
export async function freePort(wanted: number | undefined): Promise<number> {
  const port = wanted === undefined ? undefined : await portIfFree(wanted);
  return port ?? (await portIfFree(0)) ?? 0;
}

/** Listens for an instant on 127.0.0.1; 0 lets the system choose. Undefined when the port is taken. */
function portIfFree(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
