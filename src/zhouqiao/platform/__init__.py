"""What is known before anything happens: places, people, rules, matters, rights, units, papers."""
