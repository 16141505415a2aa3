import asyncio

async def worker(log):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        log.append("cancelled")
        raise
    finally:
        log.append("cleaned")

async def main():
    log = []
    task = asyncio.create_task(worker(log), name="job")
    await asyncio.sleep(0)
    print(task.get_name(), task.cancel("stop"), task.done())
    try:
        await task
    except asyncio.CancelledError:
        log.append("seen")
    print(log, task.cancelled())
    shielded = asyncio.shield(asyncio.sleep(0.01, "kept"))
    print(await shielded)
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_later(0.001, future.set_result, "later")
    loop.call_soon(log.append, "soon")
    print(await future, log[-1])

asyncio.run(main())
