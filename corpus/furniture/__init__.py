"""What a page holds beside its text: one rule a module, each from blocks to fewer blocks.

A rule leaves out only what it can name. A paragraph of prose that stands once in a document
is never furniture, whatever stands around it.
"""
