"""How files of the office reach the disk: whole, in a fixed order, and so that a power cut loses none of them."""
