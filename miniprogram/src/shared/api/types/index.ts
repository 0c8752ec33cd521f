/** What goes over the wire, named as the server names it. Times are ISO 8601 in UTC. */
export * from './account';
export * from './resume';
export * from './fair';
export * from './interview';
export * from './line';
export * from './recruiter';
export * from './booking';
export * from './call';
export * from './registration';
export * from './upload';
export * from './password';
