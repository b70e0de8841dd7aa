import { Agent, get } from 'node:http';

/** One request this often, whatever became of the last one. Milliseconds. */
const everyMs = 20;

export type HealthSampler = {
  /** Milliseconds of each request from its sending to its whole answer. @throws Error when one was not answered 200 */
  stop(): Promise<readonly number[]>;
};

/**
 * Asks an address at a fixed beat, without waiting for the last answer: while the process is blocked, each request that
 * is due meanwhile counts with all the time it waited.
 */
export function sampleHealth(url: string): HealthSampler {
  const agent = new Agent({ keepAlive: true });
  const samples: Promise<number>[] = [];
  const timer = setInterval(() => {
    const sample = askOnce(url, agent);
    // Awaited in `stop`; until then a rejection must not count as unhandled.
    sample.catch(() => undefined);
    samples.push(sample);
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      try {
        return await Promise.all(samples);
      } finally {
        agent.destroy();
      }
    },
  };
}

function askOnce(url: string, agent: Agent, startedAt = performance.now()): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - startedAt);
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      // A kept connection that the server closed in the same moment: any client asks again.
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve(askOnce(url, agent, startedAt));
      else reject(error);
    });
  });
}
