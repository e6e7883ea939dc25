"""Where work is done: this process, other processes of this machine, a Dask cluster."""
