/** TensorFlow.js for Node: the one bundle whose gradients load there. */
export * from '@tensorflow/tfjs';
