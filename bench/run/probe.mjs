// Loaded into every server that is measured. It answers what the process has used; between questions it
// costs an entry for each collection of garbage. Allocated is what the heap had before a collection and
// not after the one before it, summed up: exact but for what V8 allocates outside its heap.
import cluster from "node:cluster";
import { GCProfiler, getHeapStatistics } from "node:v8";

let profiler = new GCProfiler();
profiler.start();
let allocated = 0;
let left = getHeapStatistics().used_heap_size;

// The channel of a worker is not ours.
if (cluster.isPrimary) {
  process.on("message", (word) => {
    if (word === "usage") tell();
  });
  // Whoever listens would keep the process; a server stays as long as it serves.
  process.channel?.unref();
}

function tell() {
  const { statistics } = profiler.stop() ?? { statistics: [] };
  profiler = new GCProfiler();
  profiler.start();
  for (const { beforeGC, afterGC } of statistics) {
    allocated += Math.max(0, beforeGC.heapStatistics.usedHeapSize - left);
    left = afterGC.heapStatistics.usedHeapSize;
  }
  const { used_heap_size: used } = getHeapStatistics();
  allocated += Math.max(0, used - left);
  left = used;
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuUs: user + system,
    allocatedBytes: allocated,
    rssBytes: process.memoryUsage.rss(),
    heapBytes: used,
  });
}
