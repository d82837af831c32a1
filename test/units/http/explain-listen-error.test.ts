import { type AddressInfo, createServer } from "node:net";
import { explainListenError } from "../../../src/http/explain-listen-error.ts";
import { startHttpWorld } from "../../support/http-world.ts";

const codeOnly = (code: string) => Object.assign(new Error("listen"), { code });

describe("a server that cannot listen", () => {
  test("names a port that is in use, in one line", async () => {
    const world = await startHttpWorld();
    const { port } = world.server.server.address() as AddressInfo;
    const second = createServer();
    const error: unknown = await new Promise((resolve) =>
      second.once("error", resolve).listen(port, "127.0.0.1"),
    );
    const { faults } = explainListenError({ error, host: "127.0.0.1", port });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^Port ${port} is in use on 127\\.0\\.0\\.1`));
    expect(faults[0]).not.toContain("\n");
    await world.close();
  });

  test.each([
    ["EACCES", /set PORT to 1024 or above/],
    ["EADDRNOTAVAIL", /is not an address of this machine/],
    ["ENOTFOUND", /is not a known name/],
    ["EMFILE", /cannot listen on example:80 \(EMFILE\)/],
  ])("%s says what to do", (code, words) => {
    expect(
      explainListenError({ error: codeOnly(code), host: "example", port: 80 }).message,
    ).toMatch(words);
  });
});
