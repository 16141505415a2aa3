import shlex

line = 'grep -r "hello world" --include=*.py \'single quoted\' a\\ b # comment'
print(shlex.split(line))
print(shlex.split(line, comments=True))
print(shlex.quote("it's here"), shlex.join(["echo", "a b", "$HOME"]))
lexer = shlex.shlex("x = 3 + foo(bar)", punctuation_chars=True)
print(list(lexer))
try:
    shlex.split('unclosed "quote')
except ValueError as error:
    print("error:", error)
