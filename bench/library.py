"""Programs that run in the environment of relint and print JSON: templates of a folder, a loop, a large SARIF log."""

TEMPLATES = """
import json, sys, relint
print(json.dumps(relint.check(sys.argv[1], config=None).templates))
"""

LOOP = """
import json, os, sys, time, yaml, relint
class Loader(yaml.CSafeLoader): pass
def build(loader, suffix, node):
    kind = type(node).__name__
    if kind == 'ScalarNode': return loader.construct_scalar(node)
    return loader.construct_sequence(node, True) if kind == 'SequenceNode' else loader.construct_mapping(node, True)
Loader.add_multi_constructor('!', build)
texts = []
for file in sorted(os.scandir(sys.argv[1]), key=lambda entry: entry.name):
    with open(file, encoding='utf-8') as stream: texts.append((file.name, stream.read()))
def seconds(function):
    function()  # so that modules are imported, and rules loaded
    start = time.process_time()
    function()
    return time.process_time() - start
def load():
    for _, text in texts: yaml.load(text, Loader)
linter = relint.Linter(config=None)
def check():
    for name, text in texts: linter.check_text(text, name)
print(json.dumps({'files': len(texts), 'yaml': seconds(load), 'relint': seconds(check)}))
"""

LOG = """
import json, os, resource, sys, time, relint
from relint.report.sarif.log import write_sarif
def peak():
    if not os.path.exists('/proc/self/status'): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    with open('/proc/self/status') as lines:  # unlike ru_maxrss, without what the process had that started this one
        return next(int(line.split()[1]) for line in lines if line.startswith('VmHWM')) * 1024 / 1e6
report = relint.check(sys.argv[1], config=None, ruleset='all')
times = -(-100000 // len(report.findings))
report = report._replace(findings=(report.findings * times)[:100000])
size = 0
def write(text):
    global size
    size += len(text)
before, start = peak(), time.perf_counter()
write_sarif(report, write)
print(json.dumps({'seconds': time.perf_counter() - start, 'megabytes': peak() - before, 'size': size}))
"""
