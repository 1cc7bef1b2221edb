"""The scene of an assessment: the parts, zones and dependencies of a system, and the state of each in every event.

Reports draw it, and programs read it as a graph. It holds no judgement of its own: it puts the results of entries, the
classes of zones and the facts beside the parts to which they belong.
"""
