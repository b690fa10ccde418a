"""The JSON schema of a plan file, for editors that check while one writes.

`python -m contempo.programmes.rules.plan.schema > docs/plan.schema.json` writes it anew.
"""

import json

from contempo.programmes.rules.plan.tree import FORMAT, Plan


def schema() -> str:
    """The schema as the text of its file. It knows shapes; references and figures are for the reader and the check."""
    made = Plan.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["required"] = ["format", *made["required"]]
    made["title"] = FORMAT
    return json.dumps(made, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    print(schema())
