// `node harness.mjs MODULE`: what jvm/harness does in its mode `kernel`, on V8: one line of arguments in, one line
// `wall-ns cpu-ns cpu-ns exit base64-output` out.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { WASI } from 'node:wasi';

const name = path.basename(process.argv[2]);
const module = await WebAssembly.compile(fs.readFileSync(process.argv[2]));
const scratch = path.join(os.tmpdir(), `windlass-bench-node-${process.pid}`);
process.on('exit', () => fs.rmSync(scratch, { force: true }));

async function timed(args) {
    const stdout = fs.openSync(scratch, 'w+');
    const wasi = new WASI({ version: 'preview1', args: [name, ...args], stdout, returnOnExit: true });
    const cpu = process.cpuUsage();
    const wall = process.hrtime.bigint();
    const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
    const exit = wasi.start(instance) ?? 0;
    const elapsed = process.hrtime.bigint() - wall;
    const used = process.cpuUsage(cpu);
    const out = fs.readFileSync(scratch).toString('base64');
    fs.closeSync(stdout);
    const spent = (used.user + used.system) * 1000;
    return `${elapsed} ${spent} ${spent} ${exit} ${out}`;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(await timed(line.split(' ')));
}
