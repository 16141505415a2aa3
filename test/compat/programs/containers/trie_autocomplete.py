class Trie:
    def __init__(self, words=()):
        self.root = {}
        for word in words:
            node = self.root
            for letter in word:
                node = node.setdefault(letter, {})
            node["$"] = True

    def complete(self, prefix):
        node = self.root
        for letter in prefix:
            if letter not in node:
                return
            node = node[letter]
        stack = [(prefix, node)]
        while stack:
            text, node = stack.pop()
            if "$" in node:
                yield text
            stack.extend((text + letter, node[letter]) for letter in sorted(node, reverse=True) if letter != "$")

trie = Trie("car card care cat dog do door".split())
for prefix in ("ca", "do", "card", "x"):
    print(prefix, list(trie.complete(prefix)))
