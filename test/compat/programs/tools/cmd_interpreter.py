import cmd
import io

class Calculator(cmd.Cmd):
    prompt = "calc> "
    def __init__(self, lines):
        super().__init__(stdin=io.StringIO(lines))
        self.use_rawinput, self.total = False, 0
    def do_add(self, line):
        """add N: adds to the total"""
        self.total += float(line)
    def do_show(self, line):
        print("total", self.total)
    def do_quit(self, line):
        return True
    def default(self, line):
        print("unknown:", line)
    def postcmd(self, stop, line):
        print(f"[{line}]")
        return stop

Calculator("add 2.5\nadd 4\nshow\nfly\nhelp add\nquit\n").cmdloop("welcome")
