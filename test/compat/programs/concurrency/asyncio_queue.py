import asyncio

async def producer(queue, count):
    for n in range(count):
        await queue.put(n)
    await queue.join()

async def consumer(name, queue, results):
    while True:
        n = await queue.get()
        await asyncio.sleep(0)
        results.append(n * 10)
        queue.task_done()

async def main():
    queue, results = asyncio.Queue(maxsize=2), []
    consumers = [asyncio.create_task(consumer(f"c{i}", queue, results)) for i in range(3)]
    await producer(queue, 8)
    for task in consumers:
        task.cancel()
    states = await asyncio.gather(*consumers, return_exceptions=True)
    print(sorted(results), [type(s).__name__ for s in states], queue.empty())
    lock, semaphore = asyncio.Lock(), asyncio.Semaphore(2)
    async with lock, semaphore:
        print(lock.locked(), semaphore.locked())

asyncio.run(main())
