"""Zhouqiao 舟桥: the platform on which a county, a city or a province runs its public affairs."""
