/// <reference types="vite/client" />

// A WGSL file imported as text: import source from '../../shaders/x/y.wgsl?raw'
declare module '*.wgsl?raw' {
  const source: string;
  export default source;
}
