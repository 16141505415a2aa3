import sched

class Clock:
    now = 0.0
    def time(self):
        return self.now
    def sleep(self, seconds):
        self.now += seconds

clock = Clock()
scheduler = sched.scheduler(clock.time, clock.sleep)
scheduler.enter(5, 1, lambda: print(clock.now, "five"))
scheduler.enter(2, 2, print, ("two, second",))
scheduler.enter(2, 1, print, ("two, first",), {"end": "!\n"})
cancelled = scheduler.enterabs(3, 1, print, ("never",))
scheduler.cancel(cancelled)
print(len(scheduler.queue))
scheduler.run()
print(scheduler.empty(), clock.now)
