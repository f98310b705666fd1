"""What `zhouqiao bench` measures: one module a name, each with `run(quick) -> dict`."""
