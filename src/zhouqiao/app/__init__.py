"""Where everything is put together: the one place that knows every other.

is          the composition root, the settings, and the supervisor of the processes
hears       nothing
is asked    for the settings; to supervise children; for a platform put together from both
says        nothing
always true the environment is read here, once, and nowhere else; all faults of it are told at once
"""
