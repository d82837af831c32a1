import {
  parsePostmasterFile,
  servesCluster,
} from "../../../../src/database/embedded/postmaster-file.ts";

test("a server's own file tells its process, port and status", () => {
  const text = "4711\n/srv/cluster\n1795443470\n5433\n\n127.0.0.1\n 1234 5678\nready   \n";
  expect(parsePostmasterFile(text)).toEqual({ pid: 4711, port: 5433, status: "ready" });
});

test("a server that has just begun has no status yet", () => {
  expect(parsePostmasterFile("4711\n/srv/cluster\n1795443470\n5433\n").status).toBe("");
});

test("a process that works elsewhere does not serve a cluster", () => {
  expect(servesCluster(process.pid, "/")).toBe(false);
});
