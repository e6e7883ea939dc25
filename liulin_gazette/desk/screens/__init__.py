"""The screens of the desk: a module and a template for each."""
