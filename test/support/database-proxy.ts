import { once } from "node:events";
import net from "node:net";

/** A way to the database that can be cut, or made to swallow what passes. */
export interface DatabaseProxy {
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Connections stay open, and nothing arrives any more. */
  hang(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Puts a proxy before the server of a database. */
export async function proxyTo(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  let state: "open" | "cut" | "hung" = "open";
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const server = net.createServer((client) => {
    if (state === "cut") return void client.destroy();
    const upstream = net.connect(Number(target.port), target.hostname);
    const pass = (from: net.Socket, to: net.Socket): void => {
      sockets.add(from);
      from.on("data", (chunk) => void (state === "hung" || to.write(chunk)));
      from.on("error", () => to.destroy()).on("close", () => to.destroy());
    };
    pass(client, upstream);
    pass(upstream, client);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    url: url.href,
    cut: () => {
      state = "cut";
      drop();
    },
    hang: () => void (state = "hung"),
    restore: () => {
      // What was swallowed can't be made up for: whoever hung has to connect anew.
      if (state === "hung") drop();
      state = "open";
    },
    close: async () => {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}
