"""`kwabo demo`: a whole campaign on the local stack without a person, judged by the far end's
log.
"""
