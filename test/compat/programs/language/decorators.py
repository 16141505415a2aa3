import functools

def retry(times, exceptions=(Exception,)):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(1, times + 1):
                try:
                    return function(*args, **kwargs)
                except exceptions as error:
                    print(f"attempt {attempt}: {error}")
            raise RuntimeError("gave up")
        return wrapper
    return decorate

class Count:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function, self.calls = function, 0
    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)

@Count
@retry(3, (ValueError,))
def flaky(values=[]):
    "Fails twice."
    values.append(1)
    if len(values) < 3:
        raise ValueError(f"only {len(values)}")
    return "done"

print(flaky(), flaky.calls, flaky.__name__, flaky.__doc__, flaky.__wrapped__.__wrapped__.__name__)
