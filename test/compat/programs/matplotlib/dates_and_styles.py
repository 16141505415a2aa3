import datetime
import matplotlib.dates as mdates
import matplotlib.pyplot as plt

days = [datetime.date(2024, 1, 1) + datetime.timedelta(days=7 * n) for n in range(12)]
with plt.style.context("ggplot"), plt.rc_context({"font.size": 8, "axes.titleweight": "bold"}):
    figure, axes = plt.subplots()
    axes.step(days, [n % 4 for n in range(12)], where="mid", marker="o")
    axes.xaxis.set_major_locator(mdates.MonthLocator())
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    figure.autofmt_xdate()
    figure.canvas.draw()
    print([label.get_text() for label in axes.get_xticklabels()])
    twin = axes.twinx()
    twin.fill_between(days, range(12), alpha=0.2)
    print(len(figure.axes), twin.get_ylim()[0] < 1, plt.rcParams["font.size"], mdates.num2date(mdates.date2num(days[3])).date())
plt.close("all")
print(plt.get_fignums(), "ggplot" in plt.style.available)
