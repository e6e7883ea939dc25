"""How the environment is prepared."""
