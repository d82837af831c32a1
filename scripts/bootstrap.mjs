// Everything that `npm start`, `npm test` and the `custodia` command need before our own code can run.
// This file must parse on old Nodes, so that they are told what is missing instead of a syntax error.
const [major] = process.versions.node.split(".");

if (Number(major) < 20) {
  console.error(
    `custodia: Node 20 or newer is needed, this is ${process.version} (${process.execPath}).`,
  );
  process.exitCode = 1;
} else {
  const [program, ...programArguments] = process.argv.slice(2);
  void import("./bootstrap/launch.mjs").then(({ launch }) => launch(program, programArguments));
}
