import { eventually } from "../../support/eventually.ts";
import { resolved, startHttpWorld } from "../../support/http-world.ts";

describe("closing the server", () => {
  beforeEach(() => void resolved.splice(0));

  test("lets a request in flight finish and takes no new one", async () => {
    const world = await startHttpWorld();
    const inFlight = world.ask({ query: "{ slow }" });
    await eventually(() => expect(resolved).toEqual(["slow"]));
    const closed = world.close();
    expect((await inFlight).json.data).toEqual({ slow: "done" });
    await closed;
    await expect(fetch(`${world.url}/health/live`)).rejects.toThrow("fetch failed");
  });

  test("cuts off what outlasts the grace", async () => {
    const world = await startHttpWorld({ config: { shutdownGraceMs: 20 } });
    const inFlight = world.ask({ query: "{ slow }" }).then(
      () => "answered",
      () => "cut off",
    );
    await eventually(() => expect(resolved).toEqual(["slow"]));
    const began = performance.now();
    await world.close();
    expect(await inFlight).toBe("cut off");
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
