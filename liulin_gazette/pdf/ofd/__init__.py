"""A writer of OFD files (GB/T 33190-2016) that depends on nothing else in this project.

``fixed_document.Document`` says what is in a file, ``graphic_units`` what is drawn on its pages;
``ofd_writer.write`` returns the bytes of the file. Lengths are in mm; the origin is the upper left corner of a page.
"""
