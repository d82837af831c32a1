import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { packageRoot } from "../../../src/lib/package-root.ts";

/** A clone with the real scripts and a program that is quick to build. */
let clone: string;

const program = `
declare const process: any;
const [command] = process.argv.slice(2);
if (command === "fail") process.exitCode = 7;
else if (command === "wait") {
  const alive = setInterval(() => {}, 1000);
  const end = (signal: string) => { console.log(signal); setTimeout(() => clearInterval(alive), 200); };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
  console.log("waiting", process.pid);
} else console.log("ran", process.argv.slice(2).join(" "));
`;
const settings = {
  compilerOptions: {
    target: "es2023",
    module: "nodenext",
    lib: ["es2023", "dom"],
    types: [],
    strict: true,
    rootDir: ".",
    outDir: "dist",
    incremental: true,
    tsBuildInfoFile: "dist/.tsbuildinfo",
  },
  include: ["src"],
};

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "custodia-clone-"));
  for (const folder of ["src", "seeds", "node_modules"]) mkdirSync(join(clone, folder));
  for (const folder of ["scripts", "bin"])
    cpSync(join(packageRoot(), folder), join(clone, folder), { recursive: true });
  for (const name of ["typescript", `node-${process.platform}-${process.arch}`]) {
    symlinkSync(join(packageRoot(), "node_modules", name), join(clone, "node_modules", name));
  }
  writeJson("package.json", { name: "clone", type: "module" });
  writeJson("package-lock.json", { lockfileVersion: 3, packages: {} });
  writeJson("node_modules/.package-lock.json", { packages: {} });
  writeJson("tsconfig.json", {});
  writeJson("tsconfig.build.json", settings);
  writeFileSync(join(clone, "src", "cli.ts"), program);
});

afterAll(() => rmSync(clone, { recursive: true }));

function writeJson(file: string, content: unknown): void {
  writeFileSync(join(clone, file), JSON.stringify(content));
}

function custodia(...programArguments: string[]): ChildProcess & { output(): string } {
  const child = spawn(process.execPath, [join(clone, "bin", "custodia.mjs"), ...programArguments], {
    cwd: tmpdir(),
    detached: true,
  });
  let output = "";
  // How long a build takes is told on stderr, which depends on the machine.
  const isProgress = (chunk: unknown): boolean => String(chunk) === "custodia: building …\n";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += isProgress(chunk) ? "" : String(chunk)));
  return Object.assign(child, { output: () => output });
}

async function finished(
  child: ReturnType<typeof custodia>,
): Promise<{ code: unknown; output: string }> {
  const [code] = await once(child, "close");
  return { code, output: child.output() };
}

async function waiting(): Promise<ReturnType<typeof custodia>> {
  const child = custodia("wait");
  while (!child.output().includes("waiting")) await sleep(20);
  return child;
}

const builtAt = (): number => statSync(join(clone, "dist", ".built")).mtimeMs;

describe("the custodia command", () => {
  test("builds what is missing, says nothing of its own, and runs from any folder", async () => {
    expect(await finished(custodia("token", "cs-agent"))).toEqual({
      code: 0,
      output: "ran token cs-agent\n",
    });
  });

  test("exits with the program's code", async () => {
    expect(await finished(custodia("fail"))).toEqual({ code: 7, output: "" });
  });

  test("builds again only after a change", async () => {
    await finished(custodia());
    const first = builtAt();
    await finished(custodia());
    expect(builtAt()).toBe(first);
    writeFileSync(join(clone, "src", "cli.ts"), `${program}\nexport {};`);
    await finished(custodia());
    expect(builtAt()).toBeGreaterThan(first);
  });

  test("shows what is wrong in a source and runs nothing", async () => {
    writeFileSync(join(clone, "src", "broken.ts"), "export const count: number = 'one';");
    const { code, output } = await finished(custodia());
    rmSync(join(clone, "src", "broken.ts"));
    expect(code).toBe(1);
    expect(output).toMatch(
      /^(?:custodia: building …\n)?custodia: the build failed:\nsrc\/broken.ts\(1,14\): error TS2322/,
    );
  });

  test("a failed install is told in one line", async () => {
    const lock = readFileSync(join(clone, "package-lock.json"), "utf8");
    rmSync(join(clone, "node_modules", ".custodia-installed"), { force: true });
    writeJson("package-lock.json", {
      lockfileVersion: 3,
      packages: { "node_modules/a": { version: "1.0.0" } },
    });
    writeJson("package.json", { name: "clone", dependencies: { b: "1.0.0" } });
    const { code, output } = await finished(custodia());
    writeFileSync(join(clone, "package-lock.json"), lock);
    writeJson("package.json", { name: "clone", type: "module" });
    expect(code).toBe(1);
    expect(output.trim().split("\n").at(-1)).toMatch(
      /^custodia: "npm ci" failed \(exit code 1\): /,
    );
  });
});

describe("signals", () => {
  test("one that the whole group gets reaches the program once", async () => {
    const child = await waiting();
    process.kill(-Number(child.pid), "SIGINT");
    process.kill(-Number(child.pid), "SIGINT");
    const { code, output } = await finished(child);
    expect(code).toBe(0);
    expect(output.match(/SIGINT/g)).toHaveLength(1);
  });

  test("SIGTERM is passed on, and the program's end is waited for", async () => {
    const child = await waiting();
    child.kill("SIGTERM");
    expect(await finished(child)).toMatchObject({
      code: 0,
      output: expect.stringContaining("SIGTERM"),
    });
  });

  test("a bootstrap that is killed takes the program with it", async () => {
    const child = await waiting();
    child.kill("SIGKILL");
    // The output is only complete when the program, which writes to it too, has ended.
    expect((await finished(child)).output).toContain("SIGTERM");
  });
});
