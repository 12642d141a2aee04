// What some browsers have and TypeScript's own list of them has not.
interface Navigator {
  getBattery?(): Promise<{ level: number; charging: boolean; onlevelchange: unknown; onchargingchange: unknown }>;
}
