import { createServer } from 'node:http';

/** Stands for any workload: tells who answered and whom it saw. */
const port = Number(process.argv[2] ?? '0');
const { POD_NAME: pod, NODE_NAME: node } = process.env;

const server = createServer((request, response) => {
  process.stdout.write(`${request.method} ${request.url} from ${request.socket.remoteAddress}\n`);
  response.setHeader('content-type', 'application/json');
  response.end(`${JSON.stringify({ pod, node, client: request.socket.remoteAddress })}\n`);
});
process.on('SIGTERM', () => process.exit(0));
server.listen(port, () => process.stdout.write(`listening on ${port}\n`));
