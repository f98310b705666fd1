"""泊位清理: a berth is cleaned and paid for by weight. Two versions, which live side by side."""
