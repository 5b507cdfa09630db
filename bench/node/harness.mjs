// `node harness.mjs MODULE`: what jvm/harness does in its mode `kernel`, on V8: one line of arguments in, one line
// `wall-ns cpu-ns cpu-ns exit base64-output` out. The seven functions of WASI that the kernels import are here: Node 20's
// own crash now and then in a process that makes many instances.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

const BAD_FILE = 8;
const NO_SEEK = 70;
const CHARACTER_DEVICE = 2;

const name = path.basename(process.argv[2]);
const module = await WebAssembly.compile(fs.readFileSync(process.argv[2]));

class Exit extends Error {
    constructor(code) {
        super(`exit ${code}`);
        this.code = code;
    }
}

function host(args) {
    const out = [];
    const texts = args.map(text => Buffer.from(`${text}\0`));
    const guest = { memory: null };
    const view = () => new DataView(guest.memory.buffer);
    const wasi_snapshot_preview1 = {
        args_sizes_get(count, size) {
            view().setUint32(count, texts.length, true);
            view().setUint32(size, texts.reduce((sum, text) => sum + text.length, 0), true);
            return 0;
        },
        args_get(pointers, at) {
            for (const [i, text] of texts.entries()) {
                view().setUint32(pointers + 4 * i, at, true);
                new Uint8Array(guest.memory.buffer).set(text, at);
                at += text.length;
            }
            return 0;
        },
        fd_write(fd, vectors, count, written) {
            if (fd !== 1) {
                return BAD_FILE;
            }
            let sum = 0;
            for (let i = 0; i < count; i++) {
                const at = view().getUint32(vectors + 8 * i, true);
                const size = view().getUint32(vectors + 8 * i + 4, true);
                out.push(Buffer.from(new Uint8Array(guest.memory.buffer, at, size)));
                sum += size;
            }
            view().setUint32(written, sum, true);
            return 0;
        },
        fd_fdstat_get(fd, at) {
            if (fd > 2) {
                return BAD_FILE;
            }
            new Uint8Array(guest.memory.buffer, at, 24).fill(0);
            view().setUint8(at, CHARACTER_DEVICE);
            view().setBigUint64(at + 8, ~0n, true);
            return 0;
        },
        fd_seek: () => NO_SEEK,
        fd_close: () => 0,
        proc_exit(code) {
            throw new Exit(code);
        },
    };
    return { imports: { wasi_snapshot_preview1 }, guest, out };
}

function run(instance) {
    try {
        instance.exports._start();
        return 0;
    } catch (e) {
        if (e instanceof Exit) {
            return e.code;
        }
        throw e;
    }
}

async function timed(args) {
    const { imports, guest, out } = host([name, ...args]);
    const cpu = process.cpuUsage();
    const wall = process.hrtime.bigint();
    const instance = await WebAssembly.instantiate(module, imports);
    guest.memory = instance.exports.memory;
    const exit = run(instance);
    const elapsed = process.hrtime.bigint() - wall;
    const used = process.cpuUsage(cpu);
    const spent = (used.user + used.system) * 1000;
    return `${elapsed} ${spent} ${spent} ${exit} ${Buffer.concat(out).toString('base64')}`;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(await timed(line.split(' ')));
}
