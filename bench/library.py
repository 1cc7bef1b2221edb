"""Programs that run in the environment of relint: throughput over a folder, and a large SARIF log. Print JSON."""

THROUGHPUT = """
import json, os, statistics, sys, time, yaml, relint
class Loader(yaml.CSafeLoader): pass
def build(loader, suffix, node):
    kind = type(node).__name__
    if kind == 'ScalarNode': return loader.construct_scalar(node)
    return loader.construct_sequence(node, True) if kind == 'SequenceNode' else loader.construct_mapping(node, True)
Loader.add_multi_constructor('!', build)
def load(files):
    for file in files:
        with open(file, 'rb') as stream: yaml.load(stream, Loader=Loader)
def main(folder, rounds):
    templates = relint.check(folder, config=None).templates
    groups = {'YAML': [f for f in templates if not f.endswith(('.json', '.template'))],
              'JSON': [f for f in templates if f.endswith('.json')]}
    for name, files in groups.items():
        if not files: continue
        megabytes = sum(map(os.path.getsize, files)) / 1e6
        ratios = []; speeds = []; floors = []
        for _ in range(rounds):
            start = time.process_time(); load(files); floor = time.process_time() - start
            start = time.process_time(); relint.check(*files, config=None); own = time.process_time() - start
            ratios.append(floor / own); speeds.append(megabytes / own); floors.append(megabytes / floor)
        print(json.dumps({'group': name, 'files': len(files), 'megabytes': megabytes,
            'relint': statistics.median(speeds), 'yaml': statistics.median(floors),
            'low': min(ratios), 'middle': statistics.median(ratios), 'high': max(ratios)}))
if __name__ == '__main__': main(sys.argv[1], int(sys.argv[2]))
"""
"""Megabytes a second of processor time of relint and of yaml.load, in one process and on the same files."""

LOG = """
import json, resource, sys, time, relint
from relint.report.sarif import write_sarif
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
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
