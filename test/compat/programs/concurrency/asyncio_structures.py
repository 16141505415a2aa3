import asyncio
import contextlib

class Session:
    async def __aenter__(self):
        print("open")
        return self
    async def __aexit__(self, *error):
        print("close", error[0].__name__ if error[0] else None)
    async def pages(self, count):
        for n in range(count):
            await asyncio.sleep(0)
            yield n

@contextlib.asynccontextmanager
async def timed():
    yield asyncio.get_running_loop().time()

async def main():
    async with Session() as session:
        print([page async for page in session.pages(4) if page != 2])
        async for page in session.pages(1):
            print("page", page)
    async with timed() as moment:
        print(moment > 0)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(asyncio.sleep(0, n)) for n in range(3)]
    print([task.result() for task in tasks])
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(5)
    except TimeoutError:
        print("timeout")
    print(await asyncio.to_thread(sum, [1, 2, 3]), await asyncio.get_running_loop().run_in_executor(None, len, "abc"))

asyncio.run(main())
