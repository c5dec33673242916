import { createSocket } from 'node:dgram';

/**
 * Joins an IPv6 group on an interface, so that its frames come through the network card and past switches that listen
 * who wants what (MLD). Gives what leaves it again; where joining fails, others are merely not heard.
 */
export function joinGroup(group: string, name: string): () => void {
  const socket = createSocket('udp6');
  let isOpen = true;
  const leave = (): void => {
    if (isOpen) {
      isOpen = false;
      socket.close();
    }
  };
  socket.on('error', leave);
  try {
    socket.addMembership(group, `::%${name}`);
  } catch {
    leave();
  }
  return leave;
}
