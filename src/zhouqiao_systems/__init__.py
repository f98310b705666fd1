"""Application packs that ship with Zhouqiao, in the order of the 1612 architecture."""
