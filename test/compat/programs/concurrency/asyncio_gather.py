import asyncio

async def fetch(name, delay):
    await asyncio.sleep(delay)
    if name == "bad":
        raise ValueError(name)
    return f"{name} after {delay}"

async def main():
    print(await asyncio.gather(fetch("slow", 0.03), fetch("quick", 0.0), fetch("mid", 0.01)))
    results = await asyncio.gather(fetch("a", 0), fetch("bad", 0), return_exceptions=True)
    print([repr(r) for r in results])
    order = [await c for c in asyncio.as_completed([fetch("2nd", 0.05), fetch("1st", 0.0)])]
    print(order)
    try:
        await asyncio.wait_for(fetch("x", 5), timeout=0.01)
    except asyncio.TimeoutError:
        print("timed out")
    done, pending = await asyncio.wait([asyncio.create_task(fetch(str(n), n)) for n in (0, 9)], return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    print(len(done), len(pending))

asyncio.run(main())
