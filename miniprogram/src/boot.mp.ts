/** The mini-program opens its pages by itself; the scan page reads the scene. */
export {};
