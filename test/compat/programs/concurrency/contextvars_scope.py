import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")

async def handler(name):
    token = user.set(name)
    await asyncio.sleep(0)
    seen = user.get()
    user.reset(token)
    return seen, user.get()

async def main():
    print(await asyncio.gather(*(handler(n) for n in ("ada", "bob"))), user.get())

asyncio.run(main())
context = contextvars.copy_context()
print(context.run(lambda: (user.set("inside"), user.get())[1]), user.get(), context[user], len(context) >= 1)
