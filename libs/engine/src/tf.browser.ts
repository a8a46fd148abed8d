/**
 * TensorFlow.js for the browser: the core first, then its gradients and the methods of tensors, then a backend (the
 * order matters; the gradients read flags that the core defines).
 */
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import './chained-ops.browser.ts';
import './cpu-kernels.browser.ts';

export * from '@tensorflow/tfjs-core';
