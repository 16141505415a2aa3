ROOMS = {
    "hall": {"north": "library", "east": "kitchen", "items": ["lamp"]},
    "library": {"south": "hall", "items": ["book", "key"]},
    "kitchen": {"west": "hall", "items": [], "locked": "key"},
}

def play(commands):
    room, bag = "hall", []
    for command in commands:
        verb, _, thing = command.partition(" ")
        if verb == "go":
            target = ROOMS[room].get(thing)
            if target is None:
                yield f"no way {thing}"
            elif (lock := ROOMS[target].get("locked")) and lock not in bag:
                yield f"the {target} needs a {lock}"
            else:
                room = target
                yield f"you are in the {room}"
        elif verb == "take" and thing in ROOMS[room]["items"]:
            ROOMS[room]["items"].remove(thing)
            bag.append(thing)
            yield f"taken {thing}; bag: {', '.join(bag)}"
        else:
            yield f"cannot {command}"

for line in play(["go east", "go north", "take key", "take sword", "go south", "go up", "go east"]):
    print(">", line)
