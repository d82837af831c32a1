// One round of load, in a process of its own: takes its order as JSON and prints what it found. Times are
// kept one by one, because autocannon counts them in whole milliseconds.
import autocannon from "autocannon";

const { requests, url, seconds, connections, overallRate, pipelining } = JSON.parse(
  process.argv[2],
);
const times = [];
const statuses = {};
let refused = 0;
let withoutRetryAfter = 0;
let clients = 0;
const instance = autocannon(
  {
    url,
    connections,
    duration: seconds,
    requests,
    timeout: 30,
    ...(overallRate === undefined ? {} : { overallRate }),
    ...(pipelining === undefined ? {} : { pipelining }),
    setupClient: (client) => {
      // Each begins elsewhere: otherwise all of them would send the dearest request at the same time.
      const start = (clients++ * 7) % requests.length;
      client.setRequests([...requests.slice(start), ...requests.slice(0, start)]);
      client.on("headers", ({ statusCode, headers }) => {
        if (statusCode !== 503) return;
        refused += 1;
        if (!headers.some((word) => String(word).toLowerCase() === "retry-after"))
          withoutRetryAfter += 1;
      });
    },
  },
  (error, result) => {
    if (error) {
      console.error(error);
      process.exit(1);
    }
    times.sort((a, b) => a - b);
    const at = (part) => times[Math.max(0, Math.ceil(part * times.length) - 1)] ?? null;
    const accepted = times.length;
    console.log(
      JSON.stringify({
        rate: accepted / result.duration,
        accepted,
        refused,
        withoutRetryAfter,
        errors: result.errors,
        statuses,
        p50: at(0.5),
        p99: at(0.99),
        most: at(1),
        bytes: result.throughput.total,
        seconds: result.duration,
      }),
    );
  },
);
instance.on("response", (...[, status, , time]) => {
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (status === 200) times.push(time);
});
