import { startHttpWorld } from "../../support/http-world.ts";

describe("readiness", () => {
  test("follows the database, and liveness does not", async () => {
    let isUp = true;
    const checkDatabase = async () => {
      if (!isUp) throw new Error("connection refused");
    };
    const world = await startHttpWorld({ health: { checkDatabase } });
    const statusOf = async (path: string) => (await fetch(world.url + path)).status;
    expect(await statusOf("/health/ready")).toBe(200);
    isUp = false;
    const refused = await fetch(`${world.url}/health/ready`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toMatchObject({ code: "SERVICE_UNAVAILABLE", reason: "database" });
    expect(await statusOf("/health/live")).toBe(200);
    isUp = true;
    expect(await statusOf("/health/ready")).toBe(200);
    await world.close();
  });

  test("does not wait for a database that hangs", async () => {
    const hanging = Promise.withResolvers<void>();
    const world = await startHttpWorld({ health: { checkDatabase: () => hanging.promise } });
    const began = performance.now();
    expect((await fetch(`${world.url}/health/ready`)).status).toBe(503);
    expect(performance.now() - began).toBeLessThan(3_000);
    hanging.resolve();
    await world.close();
  });
});
