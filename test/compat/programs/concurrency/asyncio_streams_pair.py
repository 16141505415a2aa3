import asyncio
import socket

async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()

async def main():
    left, right = socket.socketpair()
    server = asyncio.create_task(echo(*await asyncio.open_connection(sock=right)))
    reader, writer = await asyncio.open_connection(sock=left)
    for text in ("hello", "stream pair"):
        writer.write(text.encode() + b"\n")
        print(await asyncio.wait_for(reader.readline(), 5))
    writer.write_eof()
    print(await reader.read())
    writer.close()
    await server

asyncio.run(main())
