import { runCli } from "../../src/cli.ts";

/** How a command ended, and what it printed. */
export interface RanCommand {
  readonly code: number;
  readonly said: string;
}

type Environment = Readonly<Record<string, string>>;

/** Commands share the environment and the streams of this process, so one waits for another. */
let before: Promise<unknown> = Promise.resolve();

/**
 * Runs a `custodia` command from the sources, in this process: one of its own would first load for
 * seconds what is loaded here.
 *
 * @param env what it finds in its environment beside what is there
 */
export function runCommand(words: readonly string[], env: Environment): Promise<RanCommand> {
  const ran = before.then(() => runAlone(words, env));
  before = ran.catch(() => undefined);
  return ran;
}

async function runAlone(words: readonly string[], env: Environment): Promise<RanCommand> {
  const found = { exitCode: process.exitCode, env: { ...process.env } };
  const hearing = hearStreams();
  Object.assign(process.env, env);
  process.exitCode = 0;
  try {
    await runCli(words);
    return { code: Number(process.exitCode), said: hearing.said() };
  } finally {
    hearing.stop();
    process.exitCode = found.exitCode;
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, found.env);
  }
}

/** Keeps what is printed instead of printing it. */
function hearStreams(): { said: () => string; stop: () => void } {
  const { stdout, stderr } = process;
  const { log } = console;
  let said = "";
  const hear = (text: unknown): boolean => {
    said += String(text);
    return true;
  };
  stdout.write = hear;
  stderr.write = hear;
  console.log = (line: unknown) => void hear(`${String(line)}\n`);
  return {
    said: () => said,
    stop: () => {
      // What streams inherit comes back.
      for (const stream of [stdout, stderr]) Reflect.deleteProperty(stream, "write");
      console.log = log;
    },
  };
}
