import { parentPort, workerData } from 'node:worker_threads';
import bcrypt from 'bcryptjs';

const { password, digest } = workerData as { password: string; digest: string };
parentPort?.postMessage(bcrypt.compareSync(password, digest));
