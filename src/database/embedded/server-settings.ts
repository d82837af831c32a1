const always = [
  "listen_addresses=127.0.0.1",
  // Only the port: a socket file would need a short path that both accounts can enter.
  "unix_socket_directories=",
  "log_checkpoints=off",
  // Each process that serves has about twenty (WORKERS).
  "max_connections=300",
  "timezone=UTC",
  "log_timezone=UTC",
  // Statements, their parameters and DETAIL lines hold customers' values, which no log may.
  "log_error_verbosity=terse",
  "log_min_error_statement=panic",
];

/** Loses everything when the machine crashes and nothing when a process does. */
const fastButNotDurable = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "max_connections=200",
];

/** Settings given on the server's command line; the cluster's own configuration file stays as made. */
export function serverSettings(options: { durable: boolean }): readonly string[] {
  return options.durable ? always : [...always, ...fastButNotDurable];
}
