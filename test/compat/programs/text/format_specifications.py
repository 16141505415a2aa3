value = 1234567.891
print(f"{value:,.2f} {value:e} {value:g} {value:.3%} {int(value):_d} {int(value):x} {int(value):#o} {int(value):b}")
print("{0:>10}|{0:<10}|{0:^10}|{0:*^10}".format("mid"))
print("%05d %-8s| %.3f %% %x %r" % (42, "left", 3.14159, 255, "q"))
print("{user[name]} {items[1]} {0.real}".format(3 + 4j, user={"name": "Ada"}, items=[1, 2]))
name = "x"
print(f"{name=} {value=:.1f} {name!r:>5} {{literal}}")
