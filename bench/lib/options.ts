/** How much is measured, on how much data. */
export interface Options {
  readonly size: "smoke" | "full";
  /** Names of workloads and sections; empty for all of them. */
  readonly only: readonly string[];
  /** Names of peers; empty for all of them. */
  readonly peers: readonly string[];
  readonly rounds: number;
  /** Seconds of load in one round of one target. */
  readonly seconds: number;
  readonly connections: number;
  /** Seconds of the long mixed run. */
  readonly soakSeconds: number;
  readonly data: DataSize;
  /** Folder that keeps the filled database between runs; null for one that goes with the run. */
  readonly dataDir: string | null;
}

/** How many rows there are. */
export interface DataSize {
  readonly customers: number;
  readonly transfers: number;
  readonly itemsPerTransfer: number;
}

const SIZES = {
  smoke: {
    rounds: 1,
    seconds: 1,
    connections: 4,
    soakSeconds: 5,
    data: { customers: 6_000, transfers: 300, itemsPerTransfer: 40 },
  },
  full: {
    rounds: 5,
    seconds: 5,
    connections: 16,
    soakSeconds: 600,
    data: { customers: 100_000, transfers: 10_000, itemsPerTransfer: 100 },
  },
} as const;

/**
 * Reads the options from words and the environment; words win.
 *
 * @throws Error in one line for a word that is none
 */
export function readOptions(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Options {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (word === "--smoke" || word === "--full") given.set("BENCH_SIZE", word.slice(2));
    else if (word.startsWith("--")) {
      const name = `BENCH_${word.slice(2).replaceAll("-", "_").toUpperCase()}`;
      if (!NAMES.includes(name)) throw new Error(`No option ${word}; see bench/README.md.`);
      given.set(name, words[(at += 1)] ?? "");
    } else throw new Error(`"${word}" is no option; see bench/README.md.`);
  }
  const text = (name: string): string | undefined => given.get(name) ?? env[name];
  const size = text("BENCH_SIZE") === "smoke" ? "smoke" : "full";
  const preset = SIZES[size];
  const number = (name: string, otherwise: number): number => {
    const found = text(name);
    if (found === undefined || found === "") return otherwise;
    const value = Number(found);
    if (!(value > 0)) throw new Error(`${name} has to be a number above 0.`);
    return value;
  };
  return {
    size,
    only: listOf(text("BENCH_ONLY")),
    peers: listOf(text("BENCH_PEERS")),
    rounds: number("BENCH_ROUNDS", preset.rounds),
    seconds: number("BENCH_SECONDS", preset.seconds),
    connections: number("BENCH_CONNECTIONS", preset.connections),
    soakSeconds: number("BENCH_SOAK_SECONDS", preset.soakSeconds),
    data: {
      customers: number("BENCH_CUSTOMERS", preset.data.customers),
      transfers: number("BENCH_TRANSFERS", preset.data.transfers),
      itemsPerTransfer: number("BENCH_ITEMS_PER_TRANSFER", preset.data.itemsPerTransfer),
    },
    dataDir: text("BENCH_DATA_DIR") || null,
  };
}

const NAMES = [
  "BENCH_SIZE",
  "BENCH_ONLY",
  "BENCH_PEERS",
  "BENCH_ROUNDS",
  "BENCH_SECONDS",
  "BENCH_CONNECTIONS",
  "BENCH_SOAK_SECONDS",
  "BENCH_CUSTOMERS",
  "BENCH_TRANSFERS",
  "BENCH_ITEMS_PER_TRANSFER",
  "BENCH_DATA_DIR",
];

function listOf(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
