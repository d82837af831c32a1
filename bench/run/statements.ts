import { once } from "node:events";
import net from "node:net";

/** A way to the database that reads along what is executed. */
export interface StatementCounter {
  readonly url: string;
  /** Texts of the statements that were executed since the last call. */
  take(): string[];
  close(): Promise<void>;
}

/**
 * Counts statements where they pass, so that it is the same for everybody: each Execute and each simple
 * query of the PostgreSQL protocol is one, whether the statement was prepared before or not.
 */
export async function countStatements(databaseUrl: string): Promise<StatementCounter> {
  const target = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  let executed: string[] = [];
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target.port), target.hostname);
    const read = messageReader((text) => executed.push(text));
    client.on("data", (chunk) => {
      read(chunk);
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => client.write(chunk));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket
        .on("error", () => undefined)
        .on("close", () => {
          sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    url: url.href,
    take: () => {
      const taken = executed;
      executed = [];
      return taken;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Reads one connection's messages to the server (PostgreSQL documentation, "Message Formats"). */
export function messageReader(onExecuted: (text: string) => void): (chunk: Buffer) => void {
  const statements = new Map<string, string>();
  const portals = new Map<string, string>();
  let rest: Buffer = Buffer.alloc(0);
  let hasStarted = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = hasStarted ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = rest.readInt32BE(head);
      if (rest.length < head + length) return;
      const kind = hasStarted ? String.fromCharCode(rest[0] ?? 0) : "start";
      const body = rest.subarray(head + 4, head + length);
      rest = rest.subarray(head + length);
      // A request for encryption has the form of a beginning, and the beginning follows it.
      if (!hasStarted) hasStarted = body.readInt32BE(0) !== ENCRYPTION;
      else if (kind === "Q") onExecuted(textAt(body, 0).text);
      else if (kind === "P") {
        const name = textAt(body, 0);
        statements.set(name.text, textAt(body, name.end).text);
      } else if (kind === "B") {
        const portal = textAt(body, 0);
        portals.set(portal.text, statements.get(textAt(body, portal.end).text) ?? "");
      } else if (kind === "E") onExecuted(portals.get(textAt(body, 0).text) ?? "");
    }
  };
}

const ENCRYPTION = 80_877_103;

function textAt(body: Buffer, start: number): { readonly text: string; readonly end: number } {
  const end = body.indexOf(0, start);
  return { text: body.toString("utf8", start, end), end: end + 1 };
}
