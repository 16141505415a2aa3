import time

moment = time.gmtime(1_700_000_000)
print(time.strftime("%Y-%m-%d %H:%M:%S", moment), moment.tm_wday, moment.tm_yday, time.asctime(moment))
print(time.strptime("30 Nov 00", "%d %b %y")[:6], time.gmtime(0)[:6])
before = time.monotonic()
time.sleep(0.01)
print(time.monotonic() - before >= 0.01, time.perf_counter() > 0, time.time() > 1_600_000_000, time.process_time() >= 0)
print(time.get_clock_info("monotonic").monotonic, time.time_ns() > 10 ** 18, time.thread_time() >= 0)
