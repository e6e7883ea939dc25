"""Files that are made from the blocks of documents, beside site and PDF; each module makes one edition (成品)."""
