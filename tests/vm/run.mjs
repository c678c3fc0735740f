// Runs one program on the real MicroPython and prints what it prints.
//
//     node run.mjs MICROPYTHON.mjs HEAP_BYTES FOLDER MODULE
//
// FOLDER becomes the root of its file system. The generator MODULE.main() is driven to its end,
// one call a step, because this MicroPython collects garbage between calls and not inside them.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const DRIVER = `
import sys

sys.path[:] = ["/"]
steps = __import__(MODULE).main()


def advance():
    try:
        next(steps)
    except StopIteration:
        return False
    return True
`;

const [micropython, heapBytes, folder, module] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(micropython));
const lines = [];
const mp = await loadMicroPython({
  heapsize: Number(heapBytes),
  stdout: (line) => lines.push(line + "\n"),
});

function mount(from, to) {
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), to + "/" + entry.name];
    if (entry.isDirectory()) {
      mp.FS.mkdir(target);
      mount(source, target);
    } else {
      mp.FS.writeFile(target, fs.readFileSync(source));
    }
  }
}

try {
  mount(folder, "");
  mp.globals.set("MODULE", module);
  mp.runPython(DRIVER);
  const advance = mp.globals.get("advance");
  while (advance());
} catch (error) {
  process.stderr.write(error.message + "\n");
  process.exitCode = 1;
}
process.stdout.write(lines.join(""));
