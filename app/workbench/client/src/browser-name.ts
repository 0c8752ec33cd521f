/** `Chrome 156 · Windows NT 10.0`: enough for support, and within the server's 80 characters. */
export function browserName(agent: string): string {
  const [, name = '', version = ''] = /(Edg|OPR|Firefox|Chrome|Version)\/(\d+)/.exec(agent.replace(/Chrome\/\d+(?=.*(?:Edg|OPR)\/)/, '')) ?? [];
  const [, system = ''] = /\(([^;)]+)/.exec(agent) ?? [];
  return [`${name === 'Version' ? 'Safari' : name} ${version}`.trim(), system].filter(Boolean).join(' · ').slice(0, 80);
}
