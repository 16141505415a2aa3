import yaml

text = """
name: demo
ports: [80, 443]
nested: &base {a: 1, b: two}
copy:
  <<: *base
  b: three
when: 2024-02-29
multi: |
  line one
  line two
empty: ~
yes_or_no: yes
"""
data = yaml.safe_load(text)
print(data)
print(yaml.safe_dump(data, sort_keys=True, allow_unicode=True))
print(list(yaml.safe_load_all("a: 1\n---\nb: 2")))
for bad in ("a: [1,", "!!python/object/apply:os.system ['id']"):
    try:
        yaml.safe_load(bad)
    except yaml.YAMLError as error:
        print(type(error).__name__)
