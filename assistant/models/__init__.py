"""Language models: whatever server or library speaks for one, behind one small interface.

`opening.open_model` gives the one that the settings name. What asks goes from the outside in:
`careful` (kept replies, budget, a rest for a failing server, retries), `served` (a reply and how
it ends), then whoever speaks for the model: `providers` or `gguf`.
"""
