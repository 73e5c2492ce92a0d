// Prints the description of the adapter that Dawn for Node finds, or exits with 1 when there is none.

import { create } from 'webgpu';

const gpu = create(process.platform === 'linux' ? ['backend=vulkan'] : []);
const adapter = await gpu.requestAdapter();
if (adapter === null) process.exit(1);
const { vendor, architecture, description } = adapter.info;
console.log(`ADAPTER ${description || `${vendor} ${architecture}`}`);
process.exit(0);
