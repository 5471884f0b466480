#!/usr/bin/env node
// The compiler as forge wants to call it: the pinned solc package, dressed as the native program.
// It speaks no more than forge asks: the version, and standard JSON from stdin to stdout.
import { readFileSync, writeSync } from "node:fs";
import solc from "solc";

const args = process.argv.slice(2);

function print(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (err) {
      if (err.code !== "EAGAIN") throw err;
    }
  }
}

if (args.includes("--version")) {
  const version = solc.version().replace("Emscripten.clang", "Linux.g++");
  print(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else if (args.includes("--standard-json")) {
  print(solc.compile(readFileSync(0, "utf8")));
} else {
  console.error("solc.mjs: only --version and --standard-json");
  process.exit(2);
}
